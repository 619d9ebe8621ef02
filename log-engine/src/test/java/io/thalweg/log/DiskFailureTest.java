package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.append;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A disk that is full, or that fails. */
class DiskFailureTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final PartitionId OTHER = new PartitionId(ID.streamId(), 1);

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Test
    void failsAppendsOnAFullDiskAndGoesOnWhenThereIsSpace() {
        disk.faults().shortWrites = true;
        Random random = new Random(17);
        List<String> kept = new ArrayList<>();
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        PartitionLog log = store.create(ID);
        for (int round = 0; round < 300; round++) {
            disk.faults().capacityBytes = random.nextInt(3) == 0 ? Long.MAX_VALUE : usedBytes() + random.nextInt(2_500);
            List<String> sent = texts(random.nextInt(12));
            List<CompletableFuture<AppendResult>> results = new ArrayList<>();
            sent.forEach(text -> results.add(log.append(row(text))));
            store.commitPending();
            boolean full = false;
            for (int i = 0; i < sent.size(); i++) {
                CompletableFuture<AppendResult> result = results.get(i);
                if (result.isCompletedExceptionally()) {
                    full = true;
                    assertEquals(ErrorCode.DISK_FULL, failure(result::join));
                } else {
                    assertFalse(full, "an append after a failed one in the same group succeeded");
                    assertEquals(kept.size(), result.join().baseOffset());
                    kept.add(sent.get(i));
                }
            }
            assertEquals(kept, readAll(log));
        }
        SimulatedDisk afterwards = disk.afterPowerLoss(1);
        try (LogStore again = LogTester.openWithoutThreads(afterwards, DIRECTORY)) {
            assertEquals(kept, readAll(again.partition(ID).orElseThrow()));
        }
    }

    private long usedBytes() {
        return disk.allFiles().stream()
                .mapToLong(file -> disk.content(file).length)
                .sum();
    }

    @Test
    void letsInternalPartitionsUseTheReserve() throws Exception {
        disk.faults().capacityBytes = 200_000;
        LogConfig config = LogTester.SMALL.withReserveBytes(50_000);
        try (LogStore store = LogStore.openWithoutThreads(disk, DIRECTORY, config, new SteppingClock())) {
            PartitionLog ordinary = store.create(ID);
            PartitionLog internal = store.createInternal(OTHER);
            CompletableFuture<AppendResult> last;
            do {
                last = ordinary.append(row("x".repeat(900)));
                store.commitPending();
            } while (!last.isCompletedExceptionally());
            assertEquals(ErrorCode.DISK_FULL, failure(last::join));
            disk.faults().capacityBytes = usedBytes();
            for (int i = 0; i < 20; i++) {
                CompletableFuture<AppendResult> result = internal.append(row("y".repeat(900)));
                store.commitPending();
                assertEquals(i, result.join().baseOffset());
            }
            assertEquals(ErrorCode.DISK_FULL, failure(() -> ordinary.append(row("z"))));
            disk.faults().capacityBytes = 1_000_000;
            store.restoreReserve();
            CompletableFuture<AppendResult> resumed = ordinary.append(row("z"));
            store.commitPending();
            assertEquals(ordinary.endOffset() - 1, resumed.join().baseOffset());
        }
    }

    @Test
    void stopsAPartitionAfterAFailedForceAndLosesNothingAcknowledged() {
        for (int failing = 1; failing <= 40; failing++) {
            SimulatedDisk faulty = new SimulatedDisk(failing);
            LogStore store = LogTester.openWithoutThreads(faulty, DIRECTORY);
            PartitionLog log = store.create(ID);
            PartitionLog other = store.create(OTHER);
            faulty.faults().failAtForce = faulty.forces() + failing;
            List<String> acknowledged = new ArrayList<>();
            for (String text : texts(60)) {
                if (log.unavailability().isEmpty()) {
                    CompletableFuture<AppendResult> result = log.append(row(text));
                    store.commitPending();
                    if (!result.isCompletedExceptionally()) {
                        acknowledged.add(text);
                    } else {
                        assertEquals(ErrorCode.IO_ERROR, failure(result::join));
                    }
                }
            }
            assertEquals(ErrorCode.PARTITION_OFFLINE, failure(() -> log.append(row("late"))));
            assertEquals(acknowledged, readAll(log));
            appendEach(store, other, List.of("well"));
            faulty.killProcess();
            List<String> afterRestart = readAfterRestart(faulty);
            assertTrue(afterRestart.size() >= acknowledged.size());
            assertEquals(acknowledged, afterRestart.subList(0, acknowledged.size()));
            assertEquals(afterRestart, readAfterRestart(faulty.afterPowerLoss(failing)));
        }
    }

    private static List<String> readAfterRestart(SimulatedDisk disk) {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        assertEquals(List.of("well"), readAll(store.partition(OTHER).orElseThrow()));
        List<String> rows = readAll(store.partition(ID).orElseThrow());
        disk.killProcess();
        return rows;
    }

    @Test
    void failsAllThatWaitsWithTheFirstFailure() {
        try (LogStore store = LogTester.open(disk, DIRECTORY)) {
            PartitionLog log = store.create(ID);
            append(log, "well");
            disk.faults().failAtForce = disk.forces() + 1;
            assertEquals(ErrorCode.IO_ERROR, failure(() -> append(log, "lost")));
            assertEquals(ErrorCode.PARTITION_OFFLINE, failure(() -> append(log, "late")));
            assertEquals(1, log.endOffset());
        }
    }
}
