package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.append;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.read;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a partition and what moves it: the owner, or a retention policy. */
class LogStartTest {
    private static final Path DIRECTORY = Path.of("/data");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final List<String> texts = texts(100);

    private long segments() {
        return disk.allFiles().stream()
                .filter(file -> file.toString().endsWith(".log"))
                .count();
    }

    private static String trimmed(PartitionLog log, long offset) {
        log.trimTo(offset);
        return "trimmed";
    }

    @Test
    void givesUpRowsAndTheirSegmentsForGood() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        PartitionLog log = store.create(ID);
        appendEach(store, log, texts);
        long segmentsBefore = segments();
        LogCursor early = log.read(10, 100);
        assertTrue(early.next());
        LogCursor finished = log.read(0, 1);
        assertTrue(finished.next());
        log.trimTo(50);
        assertFalse(finished.next());
        assertEquals(50, log.startOffset());
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, failure(() -> log.read(49, 100)));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, failure(early::next));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, failure(() -> trimmed(log, 101)));
        assertEquals(texts.subList(50, 100), readAll(log));
        assertTrue(segments() < segmentsBefore, segments() + " of " + segmentsBefore);
        log.trimTo(20);
        assertEquals(50, log.startOffset());
        log.trimTo(100);
        assertEquals(List.of(), readAll(log));
        assertEquals(1, segments());
        store.close();
        try (LogStore again = LogTester.openWithoutThreads(disk, DIRECTORY)) {
            PartitionLog same = again.partition(ID).orElseThrow();
            assertEquals(100, same.startOffset());
            assertEquals(100, same.endOffset());
            appendEach(again, same, List.of("next"));
            assertEquals(List.of("next"), read(same, 100, 101));
        }
    }

    @Test
    void comesBackWholeAfterAPowerLossAtAnyStepOfATrim() throws IOException {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        appendEach(store, store.create(ID), texts);
        store.close();
        boolean finished = false;
        for (long step = 1; !finished; step++) {
            SimulatedDisk copy = disk.afterPowerLoss(step);
            LogStore opened = LogTester.openWithoutThreads(copy, DIRECTORY);
            PartitionLog log = opened.partition(ID).orElseThrow();
            copy.faults().crashAtOperation = copy.operations() + step;
            try {
                log.trimTo(70);
                finished = true;
            } catch (SimulatedCrash powerLoss) {
                assertTrue(step < 100, "the trim never ends");
            }
            for (int state = 0; state < 20; state++) {
                SimulatedDisk survivor = copy.afterPowerLoss(state);
                try (LogStore again = LogTester.openWithoutThreads(survivor, DIRECTORY)) {
                    PartitionLog same = again.partition(ID).orElseThrow();
                    long start = same.startOffset();
                    assertTrue(start == 70 || (start == 0 && !finished), "start " + start + " after step " + step);
                    assertEquals(texts.subList((int) start, 100), readAll(same));
                    appendEach(again, same, List.of("next"));
                    assertEquals(List.of("next"), read(same, 100, 101));
                }
                assertEquals(List.of(), new LogVerifier(survivor, DIRECTORY).verify());
            }
        }
    }

    @Test
    void trimsOnAFullDisk() {
        disk.faults().capacityBytes = 200_000;
        LogConfig config = LogTester.SMALL.withReserveBytes(20_000);
        try (LogStore store = LogStore.openWithoutThreads(disk, DIRECTORY, config, new SteppingClock())) {
            PartitionLog log = store.create(ID);
            appendEach(store, log, texts);
            disk.faults().capacityBytes = disk.allFiles().stream()
                    .mapToLong(file -> disk.content(file).length)
                    .sum();
            log.trimTo(90);
            assertEquals(texts.subList(90, 100), readAll(log));
        }
    }

    @Test
    void neverComesBackBelowItsStartWhenUnforcedRowsAreLost() {
        for (int state = 0; state < 50; state++) {
            SimulatedDisk other = new SimulatedDisk(state);
            LogStore store = LogTester.openWithoutThreads(other, DIRECTORY);
            PartitionLog log = store.create(ID);
            texts.forEach(text -> log.append(row(text).with(Durability.OS)));
            store.commitPending();
            log.trimTo(99);
            try (LogStore again = LogTester.openWithoutThreads(other.afterPowerLoss(state), DIRECTORY)) {
                assertEquals(texts.subList(99, 100), readAll(again.partition(ID).orElseThrow()));
            }
        }
    }

    @Test
    void retainsBytes() {
        try (LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY)) {
            PartitionLog log = store.create(ID);
            appendEach(store, log, texts);
            store.upkeep();
            assertEquals(0, log.startOffset());
            log.retain(RetentionPolicy.ofBytes(5_000));
            RowHold hold = log.hold("a reader");
            RowHold second = log.hold("another");
            store.upkeep();
            assertEquals(0, log.startOffset());
            assertEquals(List.of("a reader", "another"), log.heldBy());
            hold.moveTo(7);
            second.moveTo(9);
            second.moveTo(8);
            store.upkeep();
            assertEquals(7, log.startOffset());
            hold.close();
            second.close();
            store.upkeep();
            assertTrue(log.startOffset() > 7);
            long bytes = disk.allFiles().stream()
                    .filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> disk.content(file).length)
                    .sum();
            assertTrue(bytes >= 5_000 && bytes < 5_000 + 2_048, bytes + " bytes");
            long start = log.startOffset();
            store.upkeep();
            assertEquals(start, log.startOffset());
            log.retain(RetentionPolicy.ofBytes(0));
            store.upkeep();
            assertEquals(1, segments());
            assertTrue(log.startOffset() < 100, "the active segment stays");
        }
    }

    @Test
    void retainsByAgeAndLetsOldSegmentsEnd() {
        SteppingClock clock = new SteppingClock();
        LogConfig config = LogConfig.defaults().withReserveBytes(0);
        try (LogStore store = LogStore.openWithoutThreads(disk, DIRECTORY, config, clock)) {
            PartitionLog log = store.create(ID);
            log.retain(RetentionPolicy.ofAge(TimeUnit.DAYS.toMicros(7)));
            for (int day = 0; day < 30; day++) {
                appendEach(store, log, List.of("day " + day));
                store.upkeep();
                clock.advance(TimeUnit.DAYS.toMicros(1));
            }
            List<String> kept = readAll(log);
            assertEquals("day 29", kept.get(kept.size() - 1));
            assertTrue(kept.size() >= 8 && kept.size() <= 10, kept::toString);
        }
    }

    @Test
    void retainsInTheBackground(@TempDir Path temporary) {
        try (LogStore store = LogTester.open(new DiskFileSystem(), temporary)) {
            PartitionLog log = store.create(ID);
            log.retain(RetentionPolicy.ofBytes(3_000));
            texts.forEach(text -> append(log, text));
            long end = 100;
            for (int waits = 0; log.startOffset() == 0 && waits < 100; waits++) {
                end = log.awaitEnd(end, TimeUnit.MILLISECONDS.toNanos(100));
            }
            assertTrue(log.startOffset() > 0);
        }
    }
}
