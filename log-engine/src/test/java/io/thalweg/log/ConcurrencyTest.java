package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.time.SystemClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads on a few partitions. */
@Timeout(60)
class ConcurrencyTest {
    private static final int WRITERS = 8;
    private static final int PARTITIONS = 4;

    @TempDir
    private Path directory;

    @Test
    void everyReaderFollowsEveryWriterInOrderOnDisk() throws Exception {
        run(new DiskFileSystem(), 150);
    }

    @Test
    void everyReaderFollowsEveryWriterInOrderInMemory() throws Exception {
        run(new MemoryFileSystem(), 3_000);
    }

    private void run(LogFileSystem files, int appendsEach) throws Exception {
        LogConfig config = LogTester.SMALL
                .withSegmentBytes(20_000)
                .withPendingBytes(10_000)
                .withCheckpointMillis(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean checkpoints = new AtomicBoolean(true);
        List<Future<?>> work = new ArrayList<>();
        try (LogStore store = LogStore.open(files, directory, config, new SystemClock())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                store.create(new PartitionId(1, partition));
            }
            Future<?> checkpointer = threads.submit(() -> {
                while (checkpoints.get()) {
                    store.checkpoint();
                }
                return null;
            });
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                work.add(threads.submit(() -> write(store, number, appendsEach)));
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                PartitionLog log =
                        store.partition(new PartitionId(1, partition)).orElseThrow();
                work.add(threads.submit(() -> follow(log, WRITERS / PARTITIONS * appendsEach)));
            }
            for (Future<?> done : work) {
                done.get(60, TimeUnit.SECONDS);
            }
            checkpoints.set(false);
            checkpointer.get(60, TimeUnit.SECONDS);
        } finally {
            checkpoints.set(false);
            threads.shutdown();
        }
        try (LogStore store = LogStore.open(files, directory, config, new SystemClock())) {
            for (PartitionId id : store.partitions()) {
                follow(store.partition(id).orElseThrow(), WRITERS / PARTITIONS * appendsEach);
            }
        }
    }

    private static void write(LogStore store, int writer, int count) {
        PartitionLog log =
                store.partition(new PartitionId(1, writer % PARTITIONS)).orElseThrow();
        for (int i = 0; i < count; i++) {
            ByteBuffer payload =
                    ByteBuffer.allocate(8 + i % 200).putInt(writer).putInt(i).rewind();
            AppendRequest request =
                    AppendRequest.of(PayloadKind.RECORD, payload, 1).with(i % 5 == 0 ? Durability.OS : Durability.SYNC);
            AppendResult result = log.append(request).join();
            assertTrue(log.endOffset() > result.baseOffset(), "an acknowledged row is visible");
        }
    }

    private static void follow(PartitionLog log, int rows) {
        int[] next = new int[WRITERS];
        long offset = 0;
        while (offset < rows) {
            long end = log.awaitEnd(offset, TimeUnit.SECONDS.toNanos(30));
            assertTrue(end > offset, "no progress");
            try (LogCursor cursor = log.read(offset, end)) {
                while (cursor.next()) {
                    assertEquals(offset, cursor.baseOffset());
                    ByteBuffer payload = cursor.payload();
                    int writer = payload.getInt();
                    int number = payload.getInt();
                    assertEquals(next[writer]++, number);
                    assertArrayEquals(new byte[number % 200], rest(payload));
                    offset++;
                }
            }
            assertEquals(end, offset);
        }
    }

    private static byte[] rest(ByteBuffer payload) {
        byte[] rest = new byte[payload.remaining()];
        payload.get(rest);
        return rest;
    }

    @Test
    void interruptedReadersHarmNobody() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LogStore store = LogTester.open(new DiskFileSystem(), directory)) {
            PartitionLog log = store.create(LogTester.ID);
            List<String> texts = LogTester.texts(40);
            texts.forEach(text -> LogTester.append(log, text));
            Future<Boolean> reader = threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    assertEquals(texts, LogTester.readAll(log));
                }
                assertEquals(40, log.awaitEnd(40, TimeUnit.SECONDS.toNanos(30)));
                assertEquals(texts, LogTester.readAll(log));
                return Thread.currentThread().isInterrupted();
            });
            threads.shutdownNow();
            assertTrue(reader.get(30, TimeUnit.SECONDS));
            assertEquals(texts, LogTester.readAll(log));
            LogTester.append(log, "still writable");
        }
    }
}
