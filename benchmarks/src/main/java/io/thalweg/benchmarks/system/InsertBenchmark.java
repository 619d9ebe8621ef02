package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many flights per second go in by batched prepared inserts, each batch on disk before the next is sent. */
final class InsertBenchmark {
    private static final int BATCH_ROWS = 10_000;

    private InsertBenchmark() {}

    static void run(Report report, long rows, int runs) throws SQLException {
        report.title("Bulk insert: batches of " + BATCH_ROWS + " prepared rows, acknowledged after fdatasync");
        for (int connections : new int[] {1, 2}) {
            double[] rates = new double[runs];
            try (ServerProcess server = ServerProcess.start();
                    Connection control = server.connect()) {
                Flights.create(control);
                new Flights(0).load(control, rows / 2, BATCH_ROWS);
                for (int run = 0; run < runs; run++) {
                    rates[run] = rows / seconds(server, rows, connections);
                }
            }
            report.figure(
                    connections + (connections == 1 ? " connection" : " connections"),
                    Report.rate(Report.median(rates)),
                    "500 k rows/s");
        }
    }

    private static double seconds(ServerProcess server, long rows, int connections) {
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        try {
            Stopwatch watch = new Stopwatch();
            List<Future<Double>> loads = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                long seed = i;
                loads.add(pool.submit(() -> {
                    try (Connection connection = server.connect()) {
                        return new Flights(seed).load(connection, rows / connections, BATCH_ROWS);
                    }
                }));
            }
            for (Future<Double> load : loads) {
                load.get();
            }
            return watch.seconds();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a load has failed", e);
        } finally {
            pool.shutdown();
        }
    }
}
