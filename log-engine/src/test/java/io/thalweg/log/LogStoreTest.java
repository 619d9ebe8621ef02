package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.append;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.read;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.time.SystemClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store and its partitions promise while the disk is well. */
class LogStoreTest {
    private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path temporary;

    /** Where the files are. */
    enum Place {
        DISK,
        MEMORY;

        LogFileSystem files() {
            return this == DISK ? new DiskFileSystem() : new MemoryFileSystem();
        }
    }

    private Path directory() {
        return temporary.resolve("not").resolve("there");
    }

    @ParameterizedTest
    @EnumSource
    void keepsRowsInOrderAcrossSegmentsAndStarts(Place place) {
        LogFileSystem files = place.files();
        List<String> texts = texts(300);
        try (LogStore store = LogTester.open(files, directory())) {
            assertTrue(store.wasEmptyAtOpen());
            PartitionLog log = store.create(ID);
            texts.subList(0, 200).forEach(text -> append(log, text));
            assertEquals(texts.subList(0, 200), readAll(log));
        }
        try (LogStore store = LogTester.open(files, directory())) {
            assertFalse(store.wasEmptyAtOpen());
            PartitionLog log = store.partition(ID).orElseThrow();
            assertEquals(200, append(log, texts.get(200)).baseOffset());
            texts.subList(201, 300).forEach(text -> append(log, text));
            for (int from = 0; from < 300; from += 7) {
                int to = Math.min(300, from + 31);
                assertEquals(texts.subList(from, to), read(log, from, to));
            }
        }
    }

    @Test
    void countsRowsAndServesFramesThatOverlap() {
        try (LogStore store = LogTester.open(new MemoryFileSystem(), directory())) {
            PartitionLog log = store.create(ID);
            for (int i = 0; i < 10; i++) {
                ByteBuffer payload = ByteBuffer.wrap(new byte[] {(byte) i});
                assertEquals(
                        10L * i,
                        log.append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, payload, 10))
                                .join()
                                .baseOffset());
            }
            assertEquals(100, log.endOffset());
            try (LogCursor cursor = log.read(25, 41)) {
                for (long base = 20; base <= 40; base += 10) {
                    assertTrue(cursor.next());
                    assertEquals(base, cursor.baseOffset());
                    assertEquals(10, cursor.rowCount());
                    assertEquals(PayloadKind.COLUMNAR_BLOCK, cursor.payloadKind());
                    assertTrue(cursor.payload().hasArray());
                }
                assertFalse(cursor.next());
            }
            assertEquals(List.of(), read(log, 100, 200));
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, failure(() -> log.read(101, 200)));
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, failure(() -> log.read(-1, 200)));
        }
    }

    @Test
    void carriesTheRunningMaximumOfEventTimesAcrossSegmentsAndStarts() {
        MemoryFileSystem files = new MemoryFileSystem();
        long maximum = AppendRequest.NO_EVENT_TIME;
        for (int start = 0; start < 3; start++) {
            try (LogStore store = LogTester.open(files, directory())) {
                PartitionLog log = store.partition(ID).orElseGet(() -> store.create(ID));
                assertEquals(maximum, log.runningMaxEventTime());
                for (int i = 0; i < 40; i++) {
                    long time = (i * 31) % 97 + 10L * start;
                    ByteBuffer payload = ByteBuffer.allocate(100);
                    log.append(AppendRequest.of(PayloadKind.RECORD, payload, 1, time - 3, time))
                            .join();
                    maximum = Math.max(maximum, time);
                    assertEquals(maximum, log.runningMaxEventTime());
                }
            }
        }
        try (LogStore store = LogTester.open(files, directory());
                LogCursor cursor = store.partition(ID).orElseThrow().read(0, Long.MAX_VALUE)) {
            long before = AppendRequest.NO_EVENT_TIME;
            while (cursor.next()) {
                assertEquals(before, cursor.maxEventTimeBefore());
                assertEquals(cursor.maxEventTime() - 3, cursor.minEventTime());
                before = Math.max(before, cursor.maxEventTime());
            }
            assertEquals(maximum, before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsForGoodAndStartsAgainFromZero(Place place) {
        LogFileSystem files = place.files();
        PartitionId other = new PartitionId(ID.streamId(), 1);
        try (LogStore store = LogTester.open(files, directory())) {
            PartitionLog log = store.create(ID);
            append(store.create(other), "stays");
            append(log, "goes");
            LogCursor open = log.read(0, 1);
            store.drop(ID);
            assertEquals(ErrorCode.UNDEFINED_OBJECT, failure(() -> append(log, "late")));
            assertEquals(ErrorCode.UNDEFINED_OBJECT, failure(() -> log.read(0, 1)));
            assertEquals(ErrorCode.UNDEFINED_OBJECT, failure(() -> log.awaitEnd(1, TEN_SECONDS)));
            assertEquals(ErrorCode.UNDEFINED_OBJECT, failure(() -> {
                store.drop(ID);
                return "dropped";
            }));
            open.close();
            assertEquals(List.of(other), store.partitions());
            assertEquals(0, append(store.create(ID), "again").baseOffset());
            assertEquals(ErrorCode.DUPLICATE_OBJECT, failure(() -> store.create(ID)));
        }
        try (LogStore store = LogTester.open(files, directory())) {
            assertEquals(List.of("again"), readAll(store.partition(ID).orElseThrow()));
            store.drop(ID);
        }
        try (LogStore store = LogTester.open(files, directory())) {
            assertEquals(List.of(other), store.partitions());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesASecondStoreOnTheSameDirectory(Place place) {
        LogFileSystem files = place.files();
        try (LogStore store = LogTester.open(files, directory())) {
            store.create(ID);
            assertEquals(ErrorCode.DIRECTORY_IN_USE, failure(() -> LogTester.open(files, directory())));
            append(store.partition(ID).orElseThrow(), "undisturbed");
        }
        LogTester.open(files, directory()).close();
    }

    @Test
    void wakesReadersAndListeners() throws InterruptedException {
        LogStore store = LogTester.open(new MemoryFileSystem(), directory());
        PartitionLog log = store.create(ID);
        CompletableFuture<Long> end = CompletableFuture.supplyAsync(() -> log.awaitEnd(0, TEN_SECONDS));
        CountDownLatch heard = new CountDownLatch(1);
        Runnable listener = heard::countDown;
        log.onAppend(listener);
        append(log, "first");
        assertEquals(1, end.join());
        assertTrue(heard.await(10, TimeUnit.SECONDS));
        log.removeOnAppend(listener);
        assertEquals(1, log.awaitEnd(1, 1_000));
        CompletableFuture<Long> untilClose = CompletableFuture.supplyAsync(() -> log.awaitEnd(1, TEN_SECONDS));
        store.close();
        assertEquals(1, untilClose.join());
        assertEquals(ErrorCode.SERVER_SHUTTING_DOWN, failure(() -> append(log, "late")));
    }

    @Test
    void completesAppendsThatWaitWhenTheStoreCloses() {
        MemoryFileSystem files = new MemoryFileSystem();
        LogStore store = LogTester.open(files, directory());
        PartitionLog log = store.create(ID);
        CompletableFuture<AppendResult> last = log.append(row("0"));
        for (int i = 1; i < 1_000; i++) {
            last = log.append(row(Integer.toString(i)).with(i % 2 == 0 ? Durability.SYNC : Durability.OS));
        }
        store.close();
        assertEquals(999, last.join().baseOffset());
        try (LogStore again = LogTester.open(files, directory())) {
            assertEquals(1_000, again.partition(ID).orElseThrow().endOffset());
        }
    }

    @Test
    void holdsAppendersBackWhenTheDiskIsBehind() {
        LogConfig config = LogTester.SMALL.withPendingBytes(4_096);
        try (LogStore store = LogStore.open(new MemoryFileSystem(), directory(), config, new SystemClock())) {
            PartitionLog log = store.create(ID);
            ByteBuffer payload = ByteBuffer.allocate(1_500);
            CompletableFuture<AppendResult> last = new CompletableFuture<>();
            for (int i = 0; i < 2_000; i++) {
                last = log.append(AppendRequest.of(PayloadKind.RECORD, payload, 1));
            }
            assertEquals(1_999, last.join().baseOffset());
            assertEquals(
                    ErrorCode.VALUE_TOO_LARGE,
                    failure(() -> log.append(AppendRequest.of(PayloadKind.RECORD, ByteBuffer.allocate(2_049), 1))));
        }
    }
}
