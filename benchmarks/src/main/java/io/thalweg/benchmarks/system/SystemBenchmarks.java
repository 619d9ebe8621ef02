package io.thalweg.benchmarks.system;

import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks of a whole server, by name. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a server of its own, in a temporary directory, through the JDBC driver. The log has "
                + "benchmarks of its own, bench log --help, and so has Nexmark, bench nexmark --help.")
public final class SystemBenchmarks implements Runnable {
    private static final List<String> ALL = List.of("start", "latency", "insert", "scan", "copy");

    @Parameters(description = "What to measure: start, latency, insert, scan, copy. Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--rows",
            defaultValue = "10000000",
            description = "Rows of scan; insert and copy take a fifth. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long latency measures. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "Runs of each, of which the median counts. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public void run() {
        Report report = new Report();
        for (String name : names.isEmpty() ? ALL : names) {
            try {
                measure(name, report);
            } catch (SQLException e) {
                throw new IllegalStateException(name + " has failed: " + e.getMessage(), e);
            }
        }
    }

    private void measure(String name, Report report) throws SQLException {
        switch (name) {
            case "start" -> StartBenchmark.run(report, runs);
            case "latency" -> LatencyBenchmark.run(report, seconds);
            case "insert" -> InsertBenchmark.run(report, Math.max(1, rows / 5), runs);
            case "copy" -> CopyBenchmark.run(report, Math.max(1, rows / 5), runs);
            case "scan" -> ScanBenchmark.run(report, rows, runs);
            default -> throw new IllegalArgumentException("there is no benchmark \"" + name + "\"; there are " + ALL);
        }
    }
}
