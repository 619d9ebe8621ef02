package io.thalweg.shell.demo;

/** The SQL of the demonstration, which is also shown to the user. */
final class DemoSql {
    static final String CREATE_AIRPORTS = """
            CREATE TABLE airports (
              iata      VARCHAR NOT NULL,
              name      VARCHAR,
              city      VARCHAR,
              state     VARCHAR,
              country   VARCHAR,
              latitude  DOUBLE,
              longitude DOUBLE,
              PRIMARY KEY (iata)
            )""";

    static final String CREATE_FLIGHTS = """
            CREATE STREAM flights (
              departure   TIMESTAMP(3),
              delay       INT,
              distance    INT,
              origin      VARCHAR,
              destination VARCHAR,
              WATERMARK FOR departure AS departure - INTERVAL '1' HOUR
            )""";

    static final String INSERT_AIRPORT = "INSERT INTO airports VALUES (?, ?, ?, ?, ?, ?, ?)";

    static final String INSERT_FLIGHT = "INSERT INTO flights VALUES (?, ?, ?, ?, ?)";

    /** The state belongs to the city: there is a Portland in Maine and one in Oregon. */
    static final String DELAYS = """
            SELECT f.window_start AS week,
                   a.city || ', ' || a.state AS city,
                   COUNT(*) AS flights,
                   AVG(f.delay) AS average_delay,
                   AVG(CASE WHEN f.delay > 15 THEN 1E0 ELSE 0E0 END) AS delayed_share
            FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(departure), INTERVAL '7' DAY)) f
            JOIN airports a ON a.iata = f.origin
            GROUP BY f.window_start, f.window_end, a.city || ', ' || a.state
            EMIT CHANGES""";

    private DemoSql() {}
}
