package io.thalweg.shell.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Inserts the data through the public driver, in batches of prepared statements. */
final class FlightFeed implements AutoCloseable {
    private static final int MAX_BATCH = 1000;

    private final PreparedStatement insert;
    private final List<Flight> flights;
    private int inserted;

    FlightFeed(Connection connection, List<Flight> flights) throws SQLException {
        this.insert = connection.prepareStatement(DemoSql.INSERT_FLIGHT);
        this.flights = flights;
    }

    /** Inserts the airports, all of them. */
    static void insertAirports(Connection connection, List<Airport> airports) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(DemoSql.INSERT_AIRPORT)) {
            for (int i = 0; i < airports.size(); i++) {
                Airport airport = airports.get(i);
                insert.setString(1, airport.iata());
                insert.setString(2, airport.name());
                insert.setString(3, airport.city());
                insert.setString(4, airport.state());
                insert.setString(5, airport.country());
                insert.setDouble(6, airport.latitude());
                insert.setDouble(7, airport.longitude());
                insert.addBatch();
                if ((i + 1) % MAX_BATCH == 0 || i + 1 == airports.size()) {
                    insert.executeBatch();
                }
            }
        }
    }

    /** How many flights are in the stream, acknowledged. */
    int inserted() {
        return inserted;
    }

    boolean isDone() {
        return inserted == flights.size();
    }

    /** Inserts flights until so many are in the stream, but one batch at most. */
    void insertUpTo(int count) throws SQLException {
        int end = Math.min(Math.min(count, flights.size()), inserted + MAX_BATCH);
        if (end <= inserted) {
            return;
        }
        for (Flight flight : flights.subList(inserted, end)) {
            insert.setObject(1, flight.departure());
            insert.setInt(2, flight.delay());
            insert.setInt(3, flight.distance());
            insert.setString(4, flight.origin());
            insert.setString(5, flight.destination());
            insert.addBatch();
        }
        insert.executeBatch();
        inserted = end;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
