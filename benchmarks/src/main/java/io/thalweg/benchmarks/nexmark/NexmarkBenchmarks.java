package io.thalweg.benchmarks.nexmark;

import io.thalweg.benchmarks.system.Report;
import io.thalweg.benchmarks.system.ServerProcess;
import io.thalweg.benchmarks.system.Stopwatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the queries of Nexmark as materialized views over stored events. */
@Command(
        name = "nexmark",
        mixinStandardHelpOptions = true,
        description =
                "Measures how many events a second each query of Nexmark takes in: the events are stored first, then "
                        + "a materialized view of the query is built from them and counted.")
public final class NexmarkBenchmarks implements Runnable {
    private static final long SEED = 1;

    @Parameters(description = "What to measure: q0 to q23. Default: all.")
    private List<String> names = List.of();

    @Option(names = "--events", defaultValue = "1000000", description = "How many events. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--events-per-second",
            defaultValue = "10000",
            description = "How fast the time of the events goes on. Default: ${DEFAULT-VALUE}.")
    private long eventsPerSecond;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "Runs of each, of which the median counts. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public void run() {
        Report report = new Report();
        try (ServerProcess server = ServerProcess.start();
                Connection connection = server.connect()) {
            NexmarkData.create(connection);
            Stopwatch watch = new Stopwatch();
            NexmarkData.load(connection, new NexmarkEvents(SEED, eventsPerSecond), events);
            report.title("Nexmark, " + Report.count(events) + " stored events; views of each query, built " + runs
                    + " times");
            report.row("query", "events/s", "rows of the answer");
            report.row("(insert)", Report.count(events / watch.seconds()), "");
            for (String name : names.isEmpty() ? NexmarkQueries.NAMES : names) {
                measure(report, connection, name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Nexmark has failed: " + e.getMessage(), e);
        }
    }

    private void measure(Report report, Connection connection, String name) {
        String sql = NexmarkQueries.text(name);
        double[] rates = new double[runs];
        long rows = 0;
        try (Statement statement = connection.createStatement()) {
            for (int run = 0; run < runs; run++) {
                Stopwatch watch = new Stopwatch();
                statement.execute("CREATE MATERIALIZED VIEW answer AS " + sql);
                try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM answer")) {
                    count.next();
                    rows = count.getLong(1);
                } finally {
                    rates[run] = events / watch.seconds();
                    statement.execute("DROP MATERIALIZED VIEW answer");
                }
            }
            report.row(name, Report.count(Report.median(rates)), Report.count(rows));
        } catch (SQLException refused) {
            report.row(name, "-", refused.getSQLState() + " " + refused.getMessage());
        }
    }
}
