package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many small appends per second are acknowledged after an fdatasync, beside how many the disk does one by one. */
final class GroupCommitBenchmark {
    private static final int[] WRITERS = {1, 8, 64, 256};
    private static final int ROW_BYTES = 1024;
    private static final double SECONDS = 2;
    private static final int FORCES = 500;

    private final Report report;
    private final int runs;

    GroupCommitBenchmark(Report report, int runs) {
        this.report = report;
        this.runs = runs;
    }

    void run() throws IOException {
        report.title("Group commit: writers of " + ROW_BYTES + "-byte rows that each wait for their row to be on disk");
        report.row("writers", "acknowledged/s", "bare write+fdatasync/s", "factor", "");
        Path directory = Files.createTempDirectory("thalweg-bench");
        Path rawDirectory = Files.createTempDirectory("thalweg-bench");
        try (StoreRig rig = new StoreRig(directory, 1)) {
            RawDisk disk = new RawDisk(rawDirectory);
            StoreLoad load = new StoreLoad(rig.partitions());
            load.acknowledgementsPerSecond(WRITERS[WRITERS.length - 1], ROW_BYTES, SECONDS);
            for (int writers : WRITERS) {
                double[] rates = new double[runs];
                double[] forces = new double[runs];
                for (int run = 0; run < runs; run++) {
                    rates[run] = load.acknowledgementsPerSecond(writers, ROW_BYTES, SECONDS);
                    forces[run] = disk.forcesPerSecond(ROW_BYTES, FORCES);
                }
                double rate = Report.median(rates);
                double force = Report.median(forces);
                report.row(
                        Integer.toString(writers),
                        Report.count(rate),
                        Report.count(force),
                        Report.factor(rate / force),
                        writers == 64 ? "aim: 30,000" : "");
            }
        } finally {
            Files.delete(rawDirectory);
        }
    }
}
