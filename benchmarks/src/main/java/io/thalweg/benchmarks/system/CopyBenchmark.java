package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** How many flights per second COPY writes into files and reads from them, on one thread of the server, each batch synced. */
final class CopyBenchmark {
    private CopyBenchmark() {}

    static void run(Report report, long rows, int runs) throws SQLException {
        report.title("COPY of " + rows + " flights");
        try (ServerProcess server = ServerProcess.start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            Flights.create(connection);
            new Flights(1).load(connection, rows, 16_384);
            statement.execute("CREATE STREAM copies (departure TIMESTAMP(3) NOT NULL, delay INT, distance INT,"
                    + " origin VARCHAR, destination VARCHAR)");
            for (String ending : List.of("csv", "json", "parquet")) {
                String file = "'flights." + ending + "'";
                measure(report, server, statement, "COPY flights TO " + file + " WITH (overwrite = true)", rows, runs);
                measure(report, server, statement, "COPY copies FROM " + file, rows, runs);
            }
        }
    }

    private static void measure(
            Report report, ServerProcess server, Statement statement, String sql, long rows, int runs)
            throws SQLException {
        double[] rates = new double[runs];
        double[] perCpu = new double[runs];
        for (int run = -1; run < runs; run++) {
            double cpu = server.cpuSeconds();
            Stopwatch watch = new Stopwatch();
            long copied = statement.executeLargeUpdate(sql);
            if (copied != rows) {
                throw new IllegalStateException("copied " + copied + " rows of " + rows);
            }
            if (run >= 0) {
                rates[run] = rows / watch.seconds();
                perCpu[run] = rows / (server.cpuSeconds() - cpu);
            }
        }
        report.figure(
                sql,
                Report.rate(Report.median(rates)) + ", " + Report.count(Report.median(perCpu))
                        + " for each second of a core",
                "");
    }
}
