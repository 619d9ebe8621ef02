package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is appended to several partitions together is seen together. */
@Timeout(60)
class JointAppendTest {
    private static final int PARTITIONS = 4;
    private static final int STATEMENTS = 2_000;

    private final LogStore store = LogStore.open(
            new MemoryFileSystem(), Path.of("/data"), LogTester.SMALL.withPendingBytes(4_096), new SteppingClock());
    private final List<PartitionLog> logs = new ArrayList<>();

    JointAppendTest() {
        for (int i = 0; i < PARTITIONS; i++) {
            logs.add(store.create(new PartitionId(7, i)));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<PlacedAppend> oneEach(String text) {
        return logs.stream()
                .map(log -> new PlacedAppend(log, LogTester.row(text)))
                .toList();
    }

    private List<Long> ends() {
        return store.atOneMoment(
                () -> logs.stream().map(PartitionLog::endOffset).toList());
    }

    @Test
    void isSeenAtOneMoment() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < STATEMENTS; i++) {
                        store.appendTogether(oneEach("row")).get(PARTITIONS - 1).join();
                    }
                }));
            }
            Future<Integer> reader = threads.submit(() -> {
                int seen = 0;
                while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                    List<Long> ends = ends();
                    assertEquals(1, ends.stream().distinct().count(), ends::toString);
                    seen++;
                }
                return seen;
            });
            assertTrue(reader.get() > 0);
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertEquals(List.of(2L * STATEMENTS, 2L * STATEMENTS, 2L * STATEMENTS, 2L * STATEMENTS), ends());
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void takesNothingWhenOneDoorIsClosed() {
        store.split(logs.get(2).id(), new HashPoint(Long.MIN_VALUE, 0));
        ThalwegException refused = assertThrows(ThalwegException.class, () -> store.appendTogether(oneEach("row")));
        assertEquals(ErrorCode.PARTITION_CLOSED, refused.code());
        logs.get(0).append(LogTester.row("later")).join();
        assertEquals(List.of(1L, 0L, 0L, 0L), ends());
    }

    @Test
    void mayBeLargerThanTheMemoryForWaitingAppends() {
        List<PlacedAppend> appends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appends.add(new PlacedAppend(logs.get(i % PARTITIONS), LogTester.row("x".repeat(1_000))));
        }
        List<CompletableFuture<AppendResult>> results = store.appendTogether(appends);
        for (int i = 0; i < results.size(); i++) {
            assertEquals(i / PARTITIONS, results.get(i).join().baseOffset());
        }
        assertEquals(List.of(25L, 25L, 25L, 25L), ends());
        assertEquals(0, store.metrics().pressure().pendingBytes());
        logs.get(0).append(LogTester.row("next")).join();
    }
}
