package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Partitions that keep the newest row of each key. More crashes with {@code -Dthalweg.lives=n}. */
class CompactionTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

    private static final int LIVES = Integer.getInteger("thalweg.lives", 60);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final SteppingClock clock = new SteppingClock();

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    private static PartitionLog compacted(LogStore store, long tombstoneMicros) {
        PartitionLog log = store.partition(ID).orElseGet(() -> store.create(ID));
        log.compact(new CompactionPolicy(KeyedRows.KEYS, tombstoneMicros, Long.MAX_VALUE, 1 << 20));
        return log;
    }

    private static void put(LogStore store, PartitionLog log, String... rows) {
        log.append(KeyedRows.request(List.of(rows)));
        store.commitPending();
    }

    private static void fill(LogStore store, PartitionLog log) {
        for (int i = 0; i < 30; i++) {
            put(store, log, "filler=" + i);
        }
    }

    @Test
    void keepsTheNewestRowOfEachKeyAtItsOffset() throws IOException {
        LogStore store = open();
        PartitionLog log = compacted(store, SECOND);
        for (int i = 0; i < 300; i++) {
            put(store, log, "key" + i % 7 + "=" + i);
        }
        long before = log.endOffset();
        store.upkeep();
        List<String> rows = KeyedRows.rows(log);
        assertTrue(rows.size() < 40, rows::toString);
        assertEquals(300, before);
        Map<String, String> state = KeyedRows.state(log);
        for (int i = 293; i < 300; i++) {
            assertEquals(Integer.toString(i), state.get("key" + i % 7));
            assertTrue(rows.contains(i + ": key" + i % 7 + "=" + i), rows::toString);
        }
        LogMetrics.UpkeepMetrics upkeep = store.metrics().upkeep();
        assertTrue(upkeep.compactedSegments() > 5 && upkeep.reclaimedBytes() > 10_000, upkeep::toString);
        store.close();
        assertEquals(List.of(), new LogVerifier(disk, DIRECTORY).verify());
        store = open();
        log = compacted(store, SECOND);
        assertEquals(rows, KeyedRows.rows(log));
        assertEquals(300, log.endOffset());
        store.upkeep();
        assertEquals(state, KeyedRows.state(log));
        store.close();
    }

    @Test
    void hasAsManyFilesAsTheLivingRowsNeed() throws IOException {
        LogStore store = open();
        PartitionLog log = compacted(store, SECOND);
        for (int turn = 0; turn < 20; turn++) {
            for (int i = 0; i < 100; i++) {
                put(store, log, "key" + i % 7 + "=" + turn, "once" + turn + "=" + i);
            }
            clock.advance(10 * SECOND);
            store.upkeep();
        }
        Map<String, String> state = KeyedRows.state(log);
        assertEquals(27, state.size());
        // 4,000 rows took more than a hundred segments.
        assertTrue(log.size().segments() < 20, log.size()::toString);
        long files = disk.list(log.directory()).stream()
                .filter(name -> name.endsWith(".log"))
                .count();
        assertEquals(log.size().segments(), files);
        store.close();
        assertEquals(List.of(), new LogVerifier(disk, DIRECTORY).verify());
        store = open();
        log = compacted(store, SECOND);
        assertEquals(state, KeyedRows.state(log));
        List<String> rows = KeyedRows.rows(log);
        for (int from = 0; from < rows.size(); from++) {
            long offset =
                    Long.parseLong(rows.get(from).substring(0, rows.get(from).indexOf(':')));
            try (LogCursor cursor = log.read(offset, Long.MAX_VALUE)) {
                assertTrue(cursor.next());
                assertTrue(cursor.baseOffset() <= offset && offset < cursor.baseOffset() + cursor.rowCount());
            }
        }
        store.close();
    }

    @Test
    void waitsForReadersThatHaveNotPassedTheClosedSegments() {
        LogStore store = open();
        PartitionLog log = compacted(store, SECOND);
        RowHold hold = log.hold("a reader");
        for (int i = 0; i < 300; i++) {
            put(store, log, "key" + i % 7 + "=" + i);
        }
        store.upkeep();
        assertEquals(300, KeyedRows.rows(log).size());
        hold.moveTo(150);
        store.upkeep();
        assertEquals(300, KeyedRows.rows(log).size());
        hold.moveTo(300);
        store.upkeep();
        assertTrue(KeyedRows.rows(log).size() < 40);
        hold.close();
        store.close();
    }

    @Test
    void keepsTombstonesForATimeAfterTheRowsTheySupersedeAreGone() {
        LogStore store = open();
        PartitionLog log = compacted(store, 100 * SECOND);
        put(store, log, "a=1");
        fill(store, log);
        put(store, log, "a=");
        clock.advance(1_000 * SECOND);
        fill(store, log);
        store.upkeep();
        List<String> rows = KeyedRows.rows(log);
        assertTrue(rows.contains("31: a="), rows::toString);
        assertTrue(!rows.contains("0: a=1"), rows::toString);
        clock.advance(90 * SECOND);
        store.upkeep();
        assertTrue(KeyedRows.rows(log).contains("31: a="));
        clock.advance(20 * SECOND);
        store.upkeep();
        assertTrue(!KeyedRows.rows(log).contains("31: a="));
        store.close();
    }

    @Test
    void keepsATombstoneAsLongAsAnOlderRowSharesAFrameWithALivingOne() {
        LogStore store = open();
        PartitionLog log = compacted(store, SECOND);
        put(store, log, "a=1", "alive=1");
        fill(store, log);
        put(store, log, "a=");
        fill(store, log);
        for (int turn = 0; turn < 5; turn++) {
            fill(store, log);
            clock.advance(10 * SECOND);
            store.upkeep();
            assertEquals(null, KeyedRows.state(log).get("a"));
        }
        put(store, log, "alive=2");
        for (int turn = 0; turn < 10; turn++) {
            fill(store, log);
            clock.advance(10 * SECOND);
            store.upkeep();
            assertEquals(null, KeyedRows.state(log).get("a"));
        }
        List<String> rows = KeyedRows.rows(log);
        assertTrue(rows.stream().noneMatch(row -> row.contains("a=1") || row.endsWith(" a=")), rows::toString);
        store.close();
    }

    @Test
    void isReadWhileItHappens() {
        LogStore store = open();
        PartitionLog log = compacted(store, 1_000 * SECOND);
        Random random = new Random(3);
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> seen = new TreeMap<>();
        LogCursor reader = log.read(0, 0);
        long position = 0;
        for (int i = 0; i < 2_000; i++) {
            String key = "key" + random.nextInt(20);
            String value = random.nextInt(4) == 0 ? "" : Integer.toString(i);
            put(store, log, key + "=" + value);
            KeyedRows.apply(expected, key + "=" + value);
            if (random.nextInt(50) == 0) {
                clock.advance(SECOND);
                store.upkeep();
            }
            if (!reader.next()) {
                reader = log.read(position, log.endOffset());
            } else {
                position = KeyedRows.apply(seen, reader);
            }
        }
        reader = log.read(position, log.endOffset());
        while (reader.next()) {
            KeyedRows.apply(seen, reader);
        }
        assertEquals(expected, seen);
        assertEquals(0, store.metrics().upkeep().damages());
        assertTrue(store.metrics().upkeep().compactedSegments() > 20);
        store.close();
    }

    @Test
    void keepsRetriesOfRemovedRowsKnown() {
        LogStore store = open();
        PartitionLog log = compacted(store, SECOND);
        ProducerSequence producer = new ProducerSequence(9, (short) 0, 0);
        log.append(KeyedRows.request(List.of("a=1")).with(producer));
        for (int i = 0; i < 100; i++) {
            put(store, log, "a=" + i);
        }
        store.upkeep();
        assertTrue(!KeyedRows.rows(log).contains("0: a=1"));
        store.close();
        disk.setContent(DIRECTORY.resolve("log/2a/0/producers.snapshot"), new byte[3]);
        store = open();
        log = store.partition(ID).orElseThrow();
        var retry = log.append(KeyedRows.request(List.of("a=1")).with(producer));
        store.commitPending();
        assertEquals(0, retry.join().baseOffset());
        store.close();
    }

    @Test
    void neverLosesTheNewestRowOfAKeyOverCrashes() {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        long compacted = 0;
        for (int life = 0; life < LIVES; life++) {
            KeyedSimulation simulation = new KeyedSimulation(seed + life, 500 * SECOND);
            compacted += simulation.run();
            assertEquals(List.of(), simulation.violations(), "seed " + (seed + life));
        }
        assertTrue(compacted > 100, compacted + " segments compacted");
    }

    @Test
    void findsTheMutantThatForgetsTombstonesAtOnce() {
        List<String> violations = new ArrayList<>();
        for (int life = 0; life < 40; life++) {
            KeyedSimulation mutant = new KeyedSimulation(life, 0);
            mutant.run();
            violations.addAll(mutant.violations());
        }
        assertTrue(violations.stream().anyMatch(one -> one.contains("slow reader")), violations::toString);
    }

    @Test
    void findsTheMutantThatForgetsToForceFiles() {
        List<String> violations = new ArrayList<>();
        for (int life = 0; life < 40; life++) {
            KeyedSimulation mutant = new KeyedSimulation(life, 500 * SECOND);
            mutant.forgetToForceFiles();
            mutant.run();
            violations.addAll(mutant.violations());
        }
        assertTrue(!violations.isEmpty());
    }
}
