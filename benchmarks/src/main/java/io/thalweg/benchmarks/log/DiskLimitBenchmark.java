package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.log.client.Rows;
import io.thalweg.benchmarks.system.Report;
import io.thalweg.benchmarks.system.Stopwatch;
import io.thalweg.log.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log store against the disk it writes to: the same bytes, in turn, with an fdatasync after each piece, without, and
 * with one at the end. The bare file is written in pieces of a mebibyte, the most that the log hands over at once.
 */
final class DiskLimitBenchmark {
    private static final int FRAME_ROWS = 1_000;
    private static final int PIECE_BYTES = 1024 * 1024;

    private final Report report;
    private final long bytes;
    private final int runs;

    DiskLimitBenchmark(Report report, long bytes, int runs) {
        this.report = report;
        this.bytes = bytes;
        this.runs = runs;
    }

    void run() throws IOException {
        report.title("Log store alone: " + bytes / 1_000_000 + " MB of " + Rows.ROW_BYTES + "-byte rows in frames of "
                + FRAME_ROWS + ", one thread, one partition");
        report.row("", "log MB/s", "log rows/s", "bare file MB/s", "log / bare file");
        measure("sync", Durability.SYNC, RawDisk.Sync.AFTER_EACH_PIECE);
        measure("os", Durability.OS, RawDisk.Sync.NEVER);
        measure("os, on disk in the end", Durability.OS, RawDisk.Sync.AT_THE_END);
    }

    private void measure(String name, Durability durability, RawDisk.Sync sync) throws IOException {
        double[] log = new double[runs];
        double[] raw = new double[runs];
        for (int run = -1; run < runs; run++) {
            double logSeconds = logSeconds(durability, sync == RawDisk.Sync.AT_THE_END);
            Path directory = Files.createTempDirectory("thalweg-bench");
            double rawSeconds = new RawDisk(directory).write(bytes, PIECE_BYTES, sync);
            Files.delete(directory);
            // The first one warms up.
            if (run >= 0) {
                log[run] = bytes / logSeconds / 1e6;
                raw[run] = bytes / rawSeconds / 1e6;
            }
        }
        double logRate = Report.median(log);
        double rawRate = Report.median(raw);
        report.row(
                name,
                Report.count(logRate),
                Report.count(logRate * 1e6 / Rows.ROW_BYTES),
                Report.count(rawRate),
                Report.percent(logRate / rawRate));
    }

    /** How long the log takes, with the closing of the store, which makes all durable, if asked for. */
    private double logSeconds(Durability durability, boolean withClose) throws IOException {
        int frameBytes = FRAME_ROWS * Rows.ROW_BYTES;
        try (StoreRig rig = new StoreRig(Files.createTempDirectory("thalweg-bench"), 1)) {
            double seconds =
                    new StoreLoad(rig.partitions()).append(bytes / frameBytes, frameBytes, FRAME_ROWS, durability);
            Stopwatch watch = new Stopwatch();
            rig.store().close();
            return withClose ? seconds + watch.seconds() : seconds;
        }
    }
}
