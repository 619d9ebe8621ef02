package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.SplittableRandom;

/**
 * Rows like those of US flights: a time that grows by some seconds, a delay and a distance, two airports of 300, of which
 * a few have most of the traffic. A pure function of the seed.
 */
final class Flights {
    static final String CREATE = """
            CREATE STREAM flights (
              departure TIMESTAMP(3) NOT NULL,
              delay INT,
              distance INT,
              origin VARCHAR,
              destination VARCHAR,
              WATERMARK FOR departure AS departure - INTERVAL '1' DAY
            )""";
    static final String INSERT = "INSERT INTO flights VALUES (?, ?, ?, ?, ?)";

    private static final int AIRPORTS = 300;
    private static final String[] CODES = new String[AIRPORTS];

    static {
        for (int i = 0; i < AIRPORTS; i++) {
            CODES[i] = "" + (char) ('A' + i / 26 % 26) + (char) ('A' + i % 26) + (char) ('A' + i * 7 % 26);
        }
    }

    private final SplittableRandom random;
    private LocalDateTime time = LocalDateTime.of(2001, 1, 1, 0, 0);

    Flights(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Makes the stream. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    /** Sets the parameters of {@link #INSERT} to the next row. */
    void bindNext(PreparedStatement insert) throws SQLException {
        time = time.plusNanos(random.nextInt(20_000) * 1_000_000L);
        insert.setTimestamp(1, Timestamp.valueOf(time));
        insert.setInt(2, random.nextInt(200) - 40);
        insert.setInt(3, 80 + random.nextInt(2_500));
        insert.setString(4, airport());
        insert.setString(5, airport());
    }

    private String airport() {
        double skewed = random.nextDouble();
        return CODES[(int) (skewed * skewed * skewed * AIRPORTS)];
    }

    /** Inserts rows in batches and returns the seconds it took. */
    double load(Connection connection, long rows, int batchRows) throws SQLException {
        Stopwatch watch = new Stopwatch();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            long left = rows;
            while (left > 0) {
                int batch = (int) Math.min(left, batchRows);
                for (int i = 0; i < batch; i++) {
                    bindNext(insert);
                    insert.addBatch();
                }
                insert.executeBatch();
                left -= batch;
            }
        }
        return watch.seconds();
    }
}
