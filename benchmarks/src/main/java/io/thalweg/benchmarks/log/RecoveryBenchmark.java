package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.JavaProcess;
import io.thalweg.benchmarks.system.Report;
import io.thalweg.benchmarks.system.ServerProcess;
import io.thalweg.benchmarks.system.Stopwatch;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.time.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** How long a store whose process was killed while it appended takes until it is open again, and what it reads. */
final class RecoveryBenchmark {
    private final int partitions;
    private final long bytes;
    private final int loadSeconds;

    /**
     * @param loadSeconds how long it is appended to between the filling and the kill
     */
    RecoveryBenchmark(int partitions, long bytes, int loadSeconds) {
        this.partitions = partitions;
        this.bytes = bytes;
        this.loadSeconds = loadSeconds;
    }

    /** What a start after a kill took; the bytes are those on disk and those read before the store was open. */
    record Result(double seconds, long storedBytes, long readBytes) {}

    static void print(Report report, int partitions, Result result) {
        report.title("Start after kill -9 under load, " + partitions + " partitions");
        report.row("stored", "read before open", "open after", "", "");
        report.row(
                Report.count(result.storedBytes / 1e6) + " MB",
                Report.count(result.readBytes / 1e6) + " MB",
                Report.millis(result.seconds * 1e9),
                "",
                "aim: 10 s for 10 GiB");
    }

    Result run() throws IOException {
        Path directory = Files.createTempDirectory("thalweg-bench");
        try {
            fillAndKill(directory);
            long stored = size(directory);
            ReadCounter files = new ReadCounter(new DiskFileSystem());
            Stopwatch watch = new Stopwatch();
            try (LogStore store = LogStore.open(files, directory, LogConfig.defaults(), new SystemClock())) {
                double seconds = watch.seconds();
                if (store.partitions().size() != partitions) {
                    throw new IllegalStateException("partitions are missing");
                }
                return new Result(seconds, stored, files.bytesRead());
            }
        } finally {
            ServerProcess.deleteTree(directory);
        }
    }

    private void fillAndKill(Path directory) throws IOException {
        List<String> command = List.of(
                LogFillerMain.class.getName(),
                directory.toString(),
                Integer.toString(partitions),
                Long.toString(bytes));
        try (JavaProcess filler = JavaProcess.start(JavaProcess.ownClassPath(), List.of(), command)) {
            if (!"filled".equals(filler.output().readLine())) {
                throw new IOException("the log could not be filled");
            }
            Stopwatch watch = new Stopwatch();
            while (watch.seconds() < loadSeconds) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            filler.kill();
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(path -> {
                        try {
                            return Files.size(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }
}
