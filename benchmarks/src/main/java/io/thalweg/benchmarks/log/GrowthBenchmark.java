package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.Report;
import io.thalweg.log.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The figures of the log as the number of partitions grows and all else stays the same. */
final class GrowthBenchmark {
    private static final int FRAME_BYTES = 10_000;
    private static final int FRAME_ROWS = 100;
    private static final int SMALL_BYTES = 1024;
    private static final int WRITERS = 64;
    private static final double SECONDS = 3;

    private final Report report;
    private final List<Integer> partitionCounts;
    private final long bytes;
    private final long recoveryBytes;
    private final int loadSeconds;

    GrowthBenchmark(Report report, List<Integer> partitionCounts, long bytes, long recoveryBytes, int loadSeconds) {
        this.loadSeconds = loadSeconds;
        this.report = report;
        this.partitionCounts = partitionCounts;
        this.bytes = bytes;
        this.recoveryBytes = recoveryBytes;
    }

    void run() throws IOException {
        report.title("As partitions grow: " + bytes / 1_000_000 + " MB in frames of " + FRAME_ROWS
                + " rows of 100 bytes to all partitions in turn, group commit of " + WRITERS + " writers of "
                + SMALL_BYTES + " bytes to partitions in turn, start after kill -9 of a log of "
                + recoveryBytes / 1_000_000
                + " MB");
        report.row(
                "partitions", "os rows/s", "sync rows/s", "read rows/s", "acknowledged/s", "start ms", "start reads");
        for (int partitions : partitionCounts) {
            Path directory = Files.createTempDirectory("thalweg-bench");
            String[] cells = new String[7];
            cells[0] = Integer.toString(partitions);
            try (StoreRig rig = new StoreRig(directory, partitions)) {
                StoreLoad load = new StoreLoad(rig.partitions());
                long frames = bytes / FRAME_BYTES;
                load.append(frames / 4, FRAME_BYTES, FRAME_ROWS, Durability.OS);
                double rows = frames * (double) FRAME_ROWS;
                cells[1] = Report.count(rows / load.append(frames, FRAME_BYTES, FRAME_ROWS, Durability.OS));
                cells[2] = Report.count(rows / load.append(frames, FRAME_BYTES, FRAME_ROWS, Durability.SYNC));
                load.read();
                cells[3] = Report.count(2.25 * rows / load.read());
                load.acknowledgementsPerSecond(WRITERS, SMALL_BYTES, 1);
                cells[4] = Report.count(load.acknowledgementsPerSecond(WRITERS, SMALL_BYTES, SECONDS));
            }
            RecoveryBenchmark.Result recovery = new RecoveryBenchmark(partitions, recoveryBytes, loadSeconds).run();
            cells[5] = Report.count(recovery.seconds() * 1e3);
            cells[6] = Report.count(recovery.readBytes() / 1e6) + " MB";
            report.row(cells);
        }
    }
}
