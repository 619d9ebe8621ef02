package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.log.client.Rows;
import io.thalweg.benchmarks.system.Report;
import io.thalweg.benchmarks.system.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Thalweg and Kafka append the same rows at the same durability through their own clients, and read them back, run by
 * run in turn so that a busy moment of the machine meets both.
 */
final class KafkaComparison {
    /** Batches as large as Thalweg's inserts, and Kafka's default. */
    private static final int LARGE_BATCH = 1_000_000;

    private static final int DEFAULT_BATCH = 16_384;
    /** Fewer rows at sync, where small batches take two fsyncs each. */
    private static final int SYNC_SHARE = 20;

    private static final int WARM_UPS = 3;

    private final Report report;
    private final long rows;
    private final int runs;

    KafkaComparison(Report report, long rows, int runs) {
        this.report = report;
        this.rows = rows;
        this.runs = runs;
    }

    /** What one contender did in one discipline. */
    private record Result(String contender, double[] seconds, double[] cpuSeconds) {
        Result(String contender, int runs) {
            this(contender, new double[runs], new double[runs]);
        }
    }

    void run() throws IOException {
        // With the collector that Thalweg's own start script chooses.
        try (ServerProcess server = ServerProcess.start(List.of("-XX:+UseParallelGC"));
                KafkaBroker broker = KafkaBroker.start();
                Contender thalweg = Contender.thalweg(server, LARGE_BATCH);
                Contender kafka = Contender.kafka(broker, "Kafka, batches of 1 MB", LARGE_BATCH);
                Contender asItComes = Contender.kafka(broker, "Kafka, batches of 16 KiB", DEFAULT_BATCH)) {
            List<Contender> contenders = List.of(thalweg, kafka, asItComes);
            compare(contenders, false, rows);
            compare(contenders, true, rows / SYNC_SHARE);
        }
    }

    private void compare(List<Contender> contenders, boolean sync, long count) throws IOException {
        String durability = sync ? "sync" : "os";
        List<Result> appends = results(contenders);
        List<Result> reads = results(contenders);
        for (int run = -WARM_UPS; run < runs; run++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                contender.run("create rows_" + durability + (run + WARM_UPS) + "_" + i + " " + durability);
                note(appends.get(i), run, contender.run("append " + count));
                note(reads.get(i), run, contender.run("read " + count));
            }
        }
        report.title("Append of " + count + " rows of " + Rows.ROW_BYTES + " bytes, acknowledged when "
                + (sync ? "on disk (sync; Kafka: flush.messages=1)" : "in the page cache (os; Kafka's default)"));
        print(appends, count);
        report.title("Reading them back from the beginning, row by row");
        print(reads, count);
    }

    private List<Result> results(List<Contender> contenders) {
        List<Result> results = new ArrayList<>();
        contenders.forEach(contender -> results.add(new Result(contender.name(), runs)));
        return results;
    }

    private static void note(Result result, int run, Measurement measured) {
        // The first ones warm up.
        if (run >= 0) {
            result.seconds[run] = measured.seconds();
            result.cpuSeconds[run] = measured.cpuSeconds();
        }
    }

    private void print(List<Result> results, long count) {
        report.row("", "rows/s", "MB/s", "rows per CPU second", "ours / theirs");
        double own = count / Report.median(results.get(0).cpuSeconds);
        for (Result result : results) {
            double perSecond = count / Report.median(result.seconds);
            double perCpuSecond = count / Report.median(result.cpuSeconds);
            report.row(
                    result.contender,
                    Report.count(perSecond),
                    Report.count(perSecond * Rows.ROW_BYTES / 1e6),
                    Report.count(perCpuSecond),
                    result.equals(results.get(0)) ? "" : Report.factor(own / perCpuSecond));
        }
        report.note("runs, seconds: "
                + results.stream()
                        .map(result -> result.contender + " " + Arrays.toString(Report.rounded(result.seconds)))
                        .toList());
    }
}
