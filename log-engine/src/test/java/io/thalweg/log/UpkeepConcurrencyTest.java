package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Retention, compaction and scrub beside a writer and readers, some of which are interrupted all the time. */
@Timeout(60)
class UpkeepConcurrencyTest {
    private static final int ROWS = 1_500;
    private static final PartitionId TRIMMED = new PartitionId(ID.streamId(), 1);

    @TempDir
    private Path directory;

    @Test
    void upkeepDisturbsNobody() throws Exception {
        LogConfig config = LogTester.SMALL.withSegmentBytes(10_000).withScrubBytesPerSecond(1_000_000_000);
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean running = new AtomicBoolean(true);
        try (LogStore store = LogStore.openWithoutThreads(new DiskFileSystem(), directory, config, new SystemClock())) {
            PartitionLog compacted = store.create(ID);
            compacted.compact(
                    new CompactionPolicy(KeyedRows.KEYS, TimeUnit.HOURS.toMicros(1), Long.MAX_VALUE, 1 << 20));
            PartitionLog trimmed = store.create(TRIMMED);
            trimmed.retain(RetentionPolicy.ofBytes(20_000));
            Future<?> upkeep = threads.submit(() -> repeat(running, store::upkeep));
            List<Future<?>> readers = List.of(
                    threads.submit(() -> repeat(running, () -> readAll(compacted, false))),
                    threads.submit(() -> repeat(running, () -> readAll(compacted, true))),
                    threads.submit(() -> repeat(running, () -> readAll(trimmed, false))));
            Map<String, String> expected = new TreeMap<>();
            for (int i = 0; i < ROWS; i++) {
                String row = "key" + i % 50 + "=" + i;
                compacted.append(KeyedRows.request(List.of(row)));
                trimmed.append(KeyedRows.request(List.of(row)));
                store.commitPending();
                KeyedRows.apply(expected, row);
            }
            running.set(false);
            upkeep.get(30, TimeUnit.SECONDS);
            for (Future<?> reader : readers) {
                reader.get(30, TimeUnit.SECONDS);
            }
            assertEquals(expected, KeyedRows.state(compacted));
            LogMetrics.UpkeepMetrics metrics = store.metrics().upkeep();
            assertEquals(0, metrics.damages());
            assertTrue(metrics.compactedSegments() > 0 && metrics.trimmedSegments() > 0, metrics::toString);
            assertTrue(metrics.scrubbedBytes() > 0, metrics::toString);
        } finally {
            running.set(false);
            threads.shutdown();
        }
    }

    private static void repeat(AtomicBoolean running, Runnable step) {
        while (running.get()) {
            step.run();
        }
    }

    private static void readAll(PartitionLog log, boolean interrupted) {
        long last = -1;
        try (LogCursor cursor = log.read(log.startOffset(), Long.MAX_VALUE)) {
            boolean more = true;
            while (more) {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                more = cursor.next();
                if (more) {
                    assertTrue(cursor.baseOffset() > last, "rows come in order");
                    last = cursor.baseOffset();
                }
            }
        } catch (ThalwegException e) {
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, e.code());
        } finally {
            assertEquals(interrupted, Thread.interrupted() || (interrupted && last < 0));
        }
    }
}
