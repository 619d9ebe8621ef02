package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogMetrics.UpkeepMetrics;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Damage that is found while a store is open, and what the next start knows of it. */
class ScrubTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path PARTITION = DIRECTORY.resolve("log/2a/0");
    private static final Path FIRST = PARTITION.resolve("00000000000000000000.log");
    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

    private final List<String> texts = texts(100);
    private final SteppingClock clock = new SteppingClock();
    private SimulatedDisk disk = new SimulatedDisk(1);

    private LogStore open(long scrubBytesPerSecond) {
        LogConfig config = LogTester.SMALL.withScrubBytesPerSecond(scrubBytesPerSecond);
        return LogStore.openWithoutThreads(disk, DIRECTORY, config, clock);
    }

    private LogStore openFilled(long scrubBytesPerSecond) {
        LogStore store = open(scrubBytesPerSecond);
        appendEach(store, store.create(ID), texts);
        appendEach(store, store.create(new PartitionId(ID.streamId(), 1)), List.of("sound"));
        return store;
    }

    /** Flips a bit of the third frame of the first segment, as the disk might do. */
    private void damageThirdRow() {
        byte[] bytes = disk.content(FIRST);
        bytes[128 + 2 * 104 + 40] ^= 1;
        disk.setContent(FIRST, bytes);
    }

    private static CompletableFuture<AppendResult> append(LogStore store, PartitionLog log, String text) {
        CompletableFuture<AppendResult> result = log.append(row(text));
        store.commitPending();
        return result;
    }

    @Test
    void readsAllRowsAtItsRate() {
        LogStore store = openFilled(1_000);
        long stored = store.metrics().bytes();
        for (int second = 1; second < 10; second++) {
            clock.advance(SECOND);
            store.upkeep();
            long scrubbed = store.metrics().upkeep().scrubbedBytes();
            assertTrue(Math.abs(scrubbed - 1_000L * second) < 300, scrubbed + " bytes in " + second + " seconds");
        }
        for (int second = 0; second < 100; second++) {
            clock.advance(SECOND);
            store.upkeep();
        }
        UpkeepMetrics upkeep = store.metrics().upkeep();
        assertTrue(upkeep.scrubRounds() * stored <= upkeep.scrubbedBytes(), upkeep::toString);
        assertTrue((upkeep.scrubRounds() + 1) * stored >= upkeep.scrubbedBytes(), upkeep::toString);
        assertEquals(0, upkeep.damages());
        store.close();
    }

    @Test
    void findsDamageThatNobodyReadAndKnowsItAfterAPowerLoss() {
        openFilled(0).close();
        damageThirdRow();
        LogStore store = open(1_000_000);
        PartitionLog log = store.partition(ID).orElseThrow();
        append(store, log, "written after the damage").join();
        clock.advance(SECOND);
        store.upkeep();
        assertEquals(1, store.metrics().upkeep().damages());
        assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> log.append(row("refused"))));
        SimulatedDisk original = disk;
        for (int state = 0; state < 20; state++) {
            disk = original.afterPowerLoss(state);
            checkQuarantined();
        }
    }

    private void checkQuarantined() {
        for (int start = 0; start < 2; start++) {
            LogStore store = open(0);
            PartitionLog log = store.partition(ID).orElseThrow();
            assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> log.append(row("refused"))));
            assertEquals(texts.subList(0, 2), LogTester.read(log, 0, 2));
            assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> log.read(2, 3)));
            assertEquals(
                    List.of("sound"),
                    readAll(store.partition(new PartitionId(ID.streamId(), 1)).orElseThrow()));
            store.close();
        }
    }

    @Test
    void knowsTheDamageAReaderMetAfterACrashAtAnyStep() {
        openFilled(0).close();
        byte[] sound = disk.content(FIRST);
        damageThirdRow();
        SimulatedDisk original = disk;
        boolean finished = false;
        for (int step = 1; !finished; step++) {
            disk = original.afterPowerLoss(step);
            LogStore store = open(0);
            PartitionLog log = store.partition(ID).orElseThrow();
            disk.faults().crashAtOperation = disk.operations() + step;
            try {
                assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> readAll(log)));
                finished = true;
            } catch (SimulatedCrash powerLoss) {
                assertTrue(step < 20, "the note never ends");
            }
            disk = disk.afterPowerLoss(step);
            if (finished) {
                checkQuarantined();
            } else {
                open(0).close();
            }
        }
        disk.setContent(FIRST, sound);
        LogStore store = open(0);
        PartitionLog mended = store.partition(ID).orElseThrow();
        assertEquals(texts, readAll(mended));
        assertEquals(100, append(store, mended, "again").join().baseOffset());
        store.close();
    }

    @Test
    void doesNotTakeTrimmedOrDroppedRowsForDamage() {
        LogStore store = openFilled(300);
        for (int i = 0; i < 200; i++) {
            clock.advance(SECOND);
            store.upkeep();
            PartitionLog log = store.partition(ID).orElseThrow();
            if (i % 10 == 3) {
                log.trimTo(Math.min(log.endOffset(), log.startOffset() + 30));
            } else if (i % 10 == 5) {
                appendEach(store, log, texts(20));
            } else if (i % 50 == 48) {
                store.drop(ID);
                appendEach(store, store.create(ID), texts(50));
            }
        }
        assertEquals(0, store.metrics().upkeep().damages());
        assertTrue(store.metrics().upkeep().trimmedSegments() > 5);
        store.close();
    }

    @Test
    void tellsDamageOfTheLastGroupFromATornEndOnceItWasQuiet() {
        LogStore store = openFilled(0);
        store.tick();
        PartitionLog log = store.partition(ID).orElseThrow();
        append(store, log, "the last row").join();
        store.tick();
        store.tick();
        List<Path> segments = new ArrayList<>(disk.allFiles());
        segments.removeIf(
                file -> !file.startsWith(PARTITION) || !file.toString().endsWith(".log"));
        Path last = segments.get(segments.size() - 1);
        byte[] bytes = disk.content(last);
        bytes[bytes.length - 20] ^= 1;
        disk.setContent(last, bytes);
        disk.killProcess();
        try (LogStore again = open(0)) {
            PartitionLog damaged = again.partition(ID).orElseThrow();
            assertEquals(texts, LogTester.read(damaged, 0, 100));
            assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> LogTester.read(damaged, 100, 101)));
            assertEquals(1, again.metrics().upkeep().damages());
        }
    }

    @Test
    void countsWhatItDoes() {
        LogStore store = openFilled(0);
        LogMetrics metrics = store.metrics();
        assertEquals(101, metrics.appends());
        assertEquals(101, metrics.rows());
        assertEquals(101, metrics.groupAppends().total());
        assertEquals(2, metrics.groupAppends().bound(1));
        assertEquals(101, metrics.syncMicros().total());
        assertTrue(metrics.bytes() > 101 * 96, metrics::toString);
        PartitionLog log = store.partition(ID).orElseThrow();
        for (int i = 0; i < 10; i++) {
            log.append(row("x"));
        }
        long pending = store.metrics().pressure().pendingBytes();
        assertTrue(pending >= 10 * 96 && pending < 10 * 200, "pending " + pending);
        store.commitPending();
        assertEquals(0, store.metrics().pressure().pendingBytes());
        assertEquals(102, store.metrics().syncMicros().total());
        assertEquals(16, store.metrics().groupAppends().bound(1));
        store.close();
    }
}
