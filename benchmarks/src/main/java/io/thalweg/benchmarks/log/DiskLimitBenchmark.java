package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.log.client.Rows;
import io.thalweg.benchmarks.system.Report;
import io.thalweg.log.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log store against the disk it writes to: the same bytes, in turn, with and without an fdatasync. The bare file is
 * written in pieces of a mebibyte, the most that the log hands over at once.
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
        int frameBytes = FRAME_ROWS * Rows.ROW_BYTES;
        report.title("Log store alone: " + bytes / 1_000_000 + " MB of " + Rows.ROW_BYTES + "-byte rows in frames of "
                + FRAME_ROWS + ", one thread, one partition");
        report.row("", "log MB/s", "log rows/s", "bare file MB/s", "log / bare file");
        for (Durability durability : Durability.values()) {
            double[] log = new double[runs];
            double[] raw = new double[runs];
            for (int run = -1; run < runs; run++) {
                Path directory = Files.createTempDirectory("thalweg-bench");
                double logSeconds;
                try (StoreRig rig = new StoreRig(directory, 1)) {
                    logSeconds = new StoreLoad(rig.partitions())
                            .append(bytes / frameBytes, frameBytes, FRAME_ROWS, durability);
                }
                Path rawDirectory = Files.createTempDirectory("thalweg-bench");
                double rawSeconds = new RawDisk(rawDirectory).write(bytes, PIECE_BYTES, durability == Durability.SYNC);
                Files.delete(rawDirectory);
                if (run >= 0) {
                    log[run] = bytes / logSeconds / 1e6;
                    raw[run] = bytes / rawSeconds / 1e6;
                }
            }
            double logRate = Report.median(log);
            double rawRate = Report.median(raw);
            report.row(
                    durability == Durability.SYNC ? "sync" : "os",
                    Report.count(logRate),
                    Report.count(logRate * 1e6 / Rows.ROW_BYTES),
                    Report.count(rawRate),
                    Report.percent(logRate / rawRate));
        }
    }
}
