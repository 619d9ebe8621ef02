package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.time.SystemClock;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its work, a few times over on one directory. */
@Timeout(60)
class KillProcessTest {
    private static final int CYCLES = 4;
    private static final int WRITERS = 4;

    @TempDir
    private Path directory;

    @Test
    void keepsWhatTheKilledProcessWasTold() throws Exception {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long acknowledged = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            acknowledged = Math.max(acknowledged, runAndKill(1 + random.nextInt(400)));
            try (LogStore store = LogTester.open(new DiskFileSystem(), directory)) {
                PartitionLog log = store.partition(LogTester.ID).orElseThrow();
                assertTrue(log.endOffset() >= acknowledged, "lost " + log.endOffset() + " of " + acknowledged);
                acknowledged = log.endOffset();
                long offset = 0;
                try (LogCursor cursor = log.read(0, Long.MAX_VALUE)) {
                    for (; cursor.next(); offset++) {
                        assertEquals(offset, cursor.baseOffset());
                    }
                }
                assertEquals(acknowledged, offset);
            }
        }
    }

    /** Kills the child after so many acknowledgements; returns the end of the rows it was told are safe. */
    private long runAndKill(int acknowledgements) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long end = 0;
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < acknowledgements; i++) {
                end = Math.max(end, Long.parseLong(output.readLine()));
            }
            child.destroyForcibly();
        } finally {
            child.destroyForcibly();
        }
        assertTrue(child.waitFor(10, TimeUnit.SECONDS));
        return end;
    }

    /** Appends for ever, from several threads, and says what was acknowledged. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("resource")
        public static void main(String[] arguments) {
            LogConfig config = LogConfig.defaults().withSegmentBytes(100_000).withCheckpointMillis(50);
            LogStore store = LogStore.open(new DiskFileSystem(), Path.of(arguments[0]), config, new SystemClock());
            PartitionLog log = store.partition(LogTester.ID).orElseGet(() -> store.create(LogTester.ID));
            PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
            for (int writer = 0; writer < WRITERS; writer++) {
                new Thread(() -> appendForever(log, output)).start();
            }
        }

        private static void appendForever(PartitionLog log, PrintStream output) {
            Random random = new Random(5);
            while (true) {
                ByteBuffer payload = ByteBuffer.allocate(random.nextInt(2_000));
                long end = log.append(AppendRequest.of(PayloadKind.RECORD, payload, 1))
                        .join()
                        .endOffset();
                output.println(end);
            }
        }
    }
}
