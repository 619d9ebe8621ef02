package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many rows per second a snapshot query reads from the log, decodes and groups, on its one thread. */
final class ScanBenchmark {
    static final String QUERY = "SELECT origin, COUNT(*), AVG(delay) FROM flights GROUP BY origin";

    private ScanBenchmark() {}

    static void run(Report report, long rows, int runs) throws SQLException {
        report.title("Snapshot over " + rows + " rows: " + QUERY);
        try (ServerProcess server = ServerProcess.start();
                Connection connection = server.connect()) {
            Flights.create(connection);
            new Flights(1).load(connection, rows, 16_384);
            for (int i = 0; i < 5; i++) {
                query(connection, rows);
            }
            double[] rates = new double[runs];
            for (int run = 0; run < runs; run++) {
                Stopwatch watch = new Stopwatch();
                query(connection, rows);
                rates[run] = rows / watch.seconds();
            }
            report.figure("one query, one thread", Report.rate(Report.median(rates)), "30 M rows/s");
        }
    }

    private static void query(Connection connection, long expectedRows) throws SQLException {
        long counted = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY)) {
            while (result.next()) {
                counted += result.getLong(2);
            }
        }
        if (counted != expectedRows) {
            throw new IllegalStateException("counted " + counted + " rows of " + expectedRows);
        }
    }
}
