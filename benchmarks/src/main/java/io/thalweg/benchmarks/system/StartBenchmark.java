package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How long a new server takes until it accepts connections, and until it has answered its first query. */
final class StartBenchmark {
    private StartBenchmark() {}

    static void run(Report report, int runs) throws SQLException {
        report.title("Start of a server with an empty directory, without an archive of classes");
        double[] ready = new double[runs];
        double[] answered = new double[runs];
        for (int run = 0; run < runs; run++) {
            Stopwatch watch = new Stopwatch();
            try (ServerProcess server = ServerProcess.start()) {
                ready[run] = watch.seconds();
                try (Connection connection = server.connect();
                        Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery("SELECT 1")) {
                    result.next();
                }
                answered[run] = watch.seconds();
            }
        }
        report.figure("accepts connections", Report.millis(Report.median(ready) * 1e9), "1500 ms with the archive");
        report.figure("first query answered", Report.millis(Report.median(answered) * 1e9), "");
    }
}
