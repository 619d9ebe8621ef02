package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.Report;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks of the log, by name. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Measures the log: against Apache Kafka, against a bare file, and as it grows. Writes below "
                + "java.io.tmpdir (JAVA_OPTS), which should be on the disk in question; deletes what it wrote.")
public final class LogBenchmarks implements Runnable {
    private static final List<String> ALL = List.of("kafka", "disk", "commit", "recovery", "growth");

    @Parameters(description = "What to measure: kafka, disk, commit, recovery, growth. Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--rows",
            defaultValue = "2000000",
            description = "Rows of 100 bytes in kafka and disk; growth takes half. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "Runs of each, of which the median counts. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--partitions",
            split = ",",
            defaultValue = "1,100,2000",
            description = "Numbers of partitions in growth. Default: ${DEFAULT-VALUE}.")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--recovery-megabytes",
            defaultValue = "1000",
            description = "Size of the log in recovery (10737 is 10 GiB); growth takes a tenth. Default: "
                    + "${DEFAULT-VALUE}.")
    private long recoveryMegabytes;

    @Option(
            names = "--recovery-partitions",
            defaultValue = "1000",
            description = "Partitions of the log in recovery. Default: ${DEFAULT-VALUE}.")
    private int recoveryPartitions;

    @Option(
            names = "--load-seconds",
            defaultValue = "15",
            description =
                    "How long a log is appended to before its process is killed; longer than the 10 seconds between "
                            + "two checkpoints meets it in its everyday state. Default: ${DEFAULT-VALUE}.")
    private int loadSeconds;

    @Override
    public void run() {
        Report report = new Report();
        for (String name : names.isEmpty() ? ALL : names) {
            try {
                measure(name, report);
            } catch (IOException e) {
                throw new IllegalStateException("log " + name + " has failed: " + e.getMessage(), e);
            }
        }
    }

    private void measure(String name, Report report) throws IOException {
        long recoveryBytes = recoveryMegabytes * 1_000_000;
        switch (name) {
            case "kafka" -> new KafkaComparison(report, rows, runs).run();
            case "disk" -> new DiskLimitBenchmark(report, rows * 100, runs).run();
            case "commit" -> new GroupCommitBenchmark(report, runs).run();
            case "recovery" ->
                RecoveryBenchmark.print(
                        report,
                        recoveryPartitions,
                        new RecoveryBenchmark(recoveryPartitions, recoveryBytes, loadSeconds).run());
            case "growth" -> new GrowthBenchmark(report, partitions, rows * 50, recoveryBytes / 10, loadSeconds).run();
            default -> throw new IllegalArgumentException("there is no benchmark \"" + name + "\"; there are " + ALL);
        }
    }
}
