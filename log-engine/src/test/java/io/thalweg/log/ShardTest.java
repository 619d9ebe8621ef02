package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.append;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions that are split and merged. */
@Timeout(60)
class ShardTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final HashPoint MIDDLE = new HashPoint(Long.MIN_VALUE, 0);
    private static final HashPoint QUARTER = new HashPoint(1L << 62, 0);

    private final SimulatedDisk disk = new SimulatedDisk(1);

    private static PartitionId id(int partition) {
        return new PartitionId(ID.streamId(), partition);
    }

    private static String lineage(LogStore store) {
        StringBuilder text = new StringBuilder();
        for (Shard shard : store.shards(ID.streamId())) {
            text.append(shard.id().partition()).append(shard.open() ? " open" : " closed");
            shard.parents().forEach(parent -> text.append(" <").append(parent.partition()));
            shard.children().forEach(child -> text.append(" >").append(child.partition()));
            text.append('\n');
        }
        return text.toString();
    }

    /** Every hash must have exactly one open partition. */
    private static void checkCoverage(LogStore store) {
        List<HashRange> open = new ArrayList<>();
        store.shards(ID.streamId()).stream().filter(Shard::open).forEach(shard -> open.add(shard.range()));
        HashRange all = open.remove(0);
        while (!open.isEmpty()) {
            HashRange sofar = all;
            HashRange next = open.stream()
                    .filter(range -> sofar.join(range).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(lineage(store)));
            open.remove(next);
            all = all.join(next).orElseThrow();
        }
        assertEquals(HashRange.ALL, all, lineage(store));
    }

    @Test
    void splitsAndMergesForGood() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        PartitionLog parent = store.create(ID);
        appendEach(store, parent, texts(50));
        CompletableFuture<AppendResult> waiting = parent.append(row("the last").with(Durability.OS));
        List<PartitionLog> children = store.split(ID, MIDDLE);
        assertEquals(50, waiting.join().baseOffset());
        assertEquals(ErrorCode.PARTITION_CLOSED, failure(() -> parent.append(row("late"))));
        assertEquals(51, readAll(parent).size());
        appendEach(store, children.get(0), List.of("low"));
        appendEach(store, children.get(1), List.of("high"));
        store.split(id(1), QUARTER);
        PartitionLog merged = store.merge(id(2), id(4));
        appendEach(store, merged, List.of("merged"));
        String lineage = "0 closed >1 >2\n1 closed <0 >3 >4\n2 closed <0 >5\n3 open <1\n4 closed <1 >5\n5 open <2 <4\n";
        for (int start = 0; start < 2; start++) {
            assertEquals(lineage, lineage(store));
            checkCoverage(store);
            store.close();
            store = LogTester.openWithoutThreads(disk, DIRECTORY);
            assertEquals(51, readAll(store.partition(ID).orElseThrow()).size());
            assertEquals(List.of("low"), readAll(store.partition(id(1)).orElseThrow()));
            assertEquals(List.of("merged"), readAll(store.partition(id(5)).orElseThrow()));
            PartitionLog closed = store.partition(id(2)).orElseThrow();
            assertEquals(ErrorCode.PARTITION_CLOSED, failure(() -> closed.append(row("late"))));
        }
        store.drop(ID);
        LogStore dropped = store;
        assertEquals(ErrorCode.DUPLICATE_OBJECT, failure(() -> dropped.create(ID)));
        store.close();
        store = LogTester.openWithoutThreads(disk, DIRECTORY);
        checkCoverage(store);
        store.close();
    }

    @Test
    void refusesWhatMakesNoSense() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        store.create(ID);
        assertEquals(ErrorCode.ARGUMENT_OUT_OF_RANGE, failure(() -> store.split(ID, HashPoint.FIRST)));
        assertEquals(ErrorCode.UNDEFINED_OBJECT, failure(() -> store.split(id(9), MIDDLE)));
        store.split(ID, MIDDLE);
        store.split(id(1), QUARTER);
        assertEquals(ErrorCode.PARTITION_CLOSED, failure(() -> store.split(ID, MIDDLE)));
        assertEquals(ErrorCode.ARGUMENT_OUT_OF_RANGE, failure(() -> store.merge(id(3), id(2))));
        assertEquals(ErrorCode.ARGUMENT_OUT_OF_RANGE, failure(() -> store.merge(id(3), id(3))));
        checkCoverage(store);
        store.close();
    }

    @Test
    void happensAsAWholeOrNotAtAll() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        appendEach(store, store.create(ID), texts(20));
        store.close();
        String before = "0 open\n";
        String after = "0 closed >1 >2\n1 open <0\n2 open <0\n";
        crashEverywhere(one -> one.split(ID, MIDDLE), before, after);
    }

    @Test
    void mergesAsAWholeOrNotAtAll() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        appendEach(store, store.create(ID), texts(20));
        store.split(ID, MIDDLE);
        store.close();
        String before = "0 closed >1 >2\n1 open <0\n2 open <0\n";
        String after = "0 closed >1 >2\n1 closed <0 >3\n2 closed <0 >3\n3 open <2 <1\n";
        crashEverywhere(one -> one.merge(id(2), id(1)), before, after);
    }

    private void crashEverywhere(Consumer<LogStore> change, String before, String after) {
        boolean finished = false;
        for (int step = 1; !finished; step++) {
            SimulatedDisk copy = disk.afterPowerLoss(step);
            LogStore store = LogTester.openWithoutThreads(copy, DIRECTORY);
            copy.faults().crashAtOperation = copy.operations() + step;
            try {
                change.accept(store);
                finished = true;
            } catch (SimulatedCrash powerLoss) {
                assertTrue(step < 200, "the change never ends");
            }
            Random random = new Random(step);
            for (int state = 0; state < 20; state++) {
                SimulatedDisk survivor = crashWhileRecovering(copy.afterPowerLoss(state), random);
                LogStore again = LogTester.openWithoutThreads(survivor, DIRECTORY);
                String lineage = lineage(again);
                assertTrue(lineage.equals(after) || (lineage.equals(before) && !finished), lineage);
                assertEquals(texts(20), readAll(again.partition(ID).orElseThrow()));
                checkCoverage(again);
                again.close();
            }
        }
    }

    private static SimulatedDisk crashWhileRecovering(SimulatedDisk disk, Random random) {
        disk.faults().crashAtOperation = 1L + random.nextInt(15);
        try {
            LogTester.openWithoutThreads(disk, DIRECTORY);
        } catch (SimulatedCrash again) {
            // The next start goes on.
        }
        return disk.afterPowerLoss(random.nextLong());
    }

    @Test
    void staysAsItWasOnAFullDisk() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        PartitionLog log = store.create(ID);
        appendEach(store, log, texts(20));
        long used = disk.allFiles().stream()
                .mapToLong(file -> disk.content(file).length)
                .sum();
        for (int room = 0; room < 500; room += 20) {
            disk.faults().capacityBytes = used + room;
            if (failsForRoom(store)) {
                disk.faults().capacityBytes = Long.MAX_VALUE;
                appendEach(store, log, List.of("goes on"));
                used += 200;
            } else {
                checkCoverage(store);
                disk.faults().capacityBytes = Long.MAX_VALUE;
                store.close();
                return;
            }
        }
        throw new AssertionError("the split never had room");
    }

    private static boolean failsForRoom(LogStore store) {
        try {
            store.split(ID, MIDDLE);
            return false;
        } catch (ThalwegException e) {
            assertEquals(ErrorCode.DISK_FULL, e.code());
            return true;
        }
    }

    @Test
    void losesNoAppendThatRunsBesideASplit() throws Exception {
        LogStore store = LogTester.open(new MemoryFileSystem(), DIRECTORY);
        PartitionLog log = store.create(ID);
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            while (true) {
                try {
                    append(log, "row " + count);
                    count++;
                } catch (ThalwegException closed) {
                    assertEquals(ErrorCode.PARTITION_CLOSED, closed.code());
                    return count;
                }
            }
        });
        log.awaitEnd(100, 10_000_000_000L);
        store.split(ID, MIDDLE);
        assertEquals(writer.get(), readAll(log).size());
        store.close();
    }

    private static AppendRequest at(long eventTime) {
        return AppendRequest.of(
                PayloadKind.COLUMNAR_BLOCK, ByteBuffer.wrap("timed".getBytes(UTF_8)), 1, eventTime, eventTime);
    }

    @Test
    void countsEventTimeOnFromTheParents() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        store.create(ID).append(at(70));
        List<PartitionLog> children = store.split(ID, MIDDLE);
        children.get(1).append(at(90));
        PartitionLog merged = store.merge(id(1), id(2));
        merged.append(at(80));
        store.close();
        store = LogTester.openWithoutThreads(disk, DIRECTORY);
        List<Long> known = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            PartitionLog log = store.partition(id(number)).orElseThrow();
            known.add(log.maxEventTimeBeforeStart());
            known.add(log.runningMaxEventTime());
        }
        assertEquals(List.of(70L, 70L, 70L, 90L, 90L, 90L), known);
        store.close();
    }

    @Test
    void countsEventTimeOfAnAddedPartitionFromTheOneFurthestBehind() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        store.create(ID).append(at(70));
        PartitionLog other = store.create(id(1));
        other.append(at(50));
        store.createBeside(List.of(ID, id(1)), List.of(id(2), id(3)), created -> {
            assertEquals(ErrorCode.PARTITION_CLOSED, failure(() -> other.append(at(51))));
            created.forEach(log -> assertEquals(50, log.runningMaxEventTime()));
        });
        other.append(at(52));
        store.close();
        store = LogTester.openWithoutThreads(disk, DIRECTORY);
        assertEquals(50, store.partition(id(3)).orElseThrow().runningMaxEventTime());
        assertEquals(2, store.partition(id(1)).orElseThrow().endOffset());
        store.close();
    }
}
