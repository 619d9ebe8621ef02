package io.thalweg.benchmarks.system;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long a row takes from the moment its insert should be sent to the moment an endless filter query hands it to its
 * reader: single-row inserts from 8 connections, paced to 1,000 rows a second, each on disk before it counts. The time is
 * taken from the schedule, not from the sending, so that a stall is charged to every row it delays (Gil Tene's
 * "coordinated omission").
 */
final class LatencyBenchmark {
    private static final int CONNECTIONS = 8;
    private static final int ROWS_PER_SECOND = 1_000;
    private static final int WARM_UP_SECONDS = 5;

    private final int rows;
    private final int warmUpRows = WARM_UP_SECONDS * ROWS_PER_SECOND;
    private final AtomicLong nextRow = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private LatencyBenchmark(int seconds) {
        this.rows = (WARM_UP_SECONDS + seconds) * ROWS_PER_SECOND;
    }

    static void run(Report report, int seconds) throws SQLException {
        report.title("Insert to result: " + ROWS_PER_SECOND + " single-row inserts a second from " + CONNECTIONS
                + " connections, filter with EMIT CHANGES, fdatasync");
        LatencyBenchmark benchmark = new LatencyBenchmark(seconds);
        long[] latencies = benchmark.measure();
        int count = latencies.length;
        Arrays.sort(latencies);
        report.figure("p50", Report.millis(Report.percentile(latencies, count, 0.50)), "");
        report.figure("p99", Report.millis(Report.percentile(latencies, count, 0.99)), "20 ms");
        report.figure("p99.9", Report.millis(Report.percentile(latencies, count, 0.999)), "");
        report.figure("maximum", Report.millis(latencies[count - 1]), "");
    }

    private long[] measure() throws SQLException {
        try (ServerProcess server = ServerProcess.start();
                Connection control = server.connect();
                Statement statement = control.createStatement()) {
            statement.execute("CREATE STREAM events (due BIGINT NOT NULL, kind INT, note VARCHAR)");
            try (Connection reading = server.connect();
                    Statement query = reading.createStatement();
                    ResultSet changes =
                            query.executeQuery("SELECT due, note FROM events WHERE kind < 1000000 EMIT CHANGES")) {
                Thread[] writers = startWriters(server);
                long[] latencies = new long[rows - warmUpRows];
                for (int i = 0; i < rows && changes.next(); i++) {
                    long latency = Stopwatch.nanoTime() - changes.getLong(1);
                    if (i >= warmUpRows) {
                        latencies[i - warmUpRows] = latency;
                    }
                }
                for (Thread writer : writers) {
                    join(writer);
                }
                Exception failed = failure.get();
                if (failed != null) {
                    throw new IllegalStateException("a writer has failed", failed);
                }
                return latencies;
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread[] startWriters(ServerProcess server) {
        long start = Stopwatch.nanoTime() + 200_000_000L;
        Thread[] writers = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            writers[i] = new Thread(() -> write(server, start), "writer-" + i);
            writers[i].start();
        }
        return writers;
    }

    private void write(ServerProcess server, long start) {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?)")) {
            for (long row = nextRow.getAndIncrement(); row < rows; row = nextRow.getAndIncrement()) {
                long due = start + row * (1_000_000_000L / ROWS_PER_SECOND);
                while (Stopwatch.nanoTime() < due) {
                    LockSupport.parkNanos(due - Stopwatch.nanoTime());
                }
                insert.setLong(1, due);
                insert.setInt(2, (int) row);
                insert.setString(3, "row " + row);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            failure.compareAndSet(null, e);
        }
    }
}
