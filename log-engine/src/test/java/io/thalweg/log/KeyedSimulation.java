package io.thalweg.log;

import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One random life of a compacted partition over some power losses, with a reader that is always far behind. Everything
 * follows from the seed.
 */
final class KeyedSimulation {
    private static final Path DIRECTORY = Path.of("/data");
    private static final int CRASHES = 6;

    private final Random random;
    private final long tombstoneMicros;
    private final SteppingClock clock = new SteppingClock();
    private final List<String> violations = new ArrayList<>();
    /** What every row was, by its offset; the last ones may not have been acknowledged. */
    private final TreeMap<Long, String> sent = new TreeMap<>();

    private final Map<String, String> seen = new TreeMap<>();
    private long readerPosition;
    private long acknowledgedEnd;
    private long compactedSegments;
    private boolean forcesFiles = true;
    private SimulatedDisk disk;

    KeyedSimulation(long seed, long tombstoneMicros) {
        this.random = new Random(seed);
        this.tombstoneMicros = tombstoneMicros;
        this.disk = new SimulatedDisk(random.nextLong());
    }

    void forgetToForceFiles() {
        forcesFiles = false;
    }

    List<String> violations() {
        return violations;
    }

    /** Lives; returns how many segments were compacted. */
    long run() {
        for (int crash = 0; crash < CRASHES && violations.isEmpty(); crash++) {
            disk.faults().ignoreFileForces = !forcesFiles;
            disk.faults().crashAtOperation = 100L + random.nextInt(800);
            try {
                live();
            } catch (SimulatedCrash powerLoss) {
                disk = disk.afterPowerLoss(random.nextLong());
            } catch (ThalwegException e) {
                violations.add("start or read threw " + e);
            }
        }
        return compactedSegments;
    }

    private void live() {
        LogConfig config = LogTester.SMALL.withSegmentBytes(1_024);
        LogStore store = LogStore.openWithoutThreads(disk, DIRECTORY, config, clock);
        PartitionLog log = store.partition(LogTester.ID).orElse(null);
        if (log == null) {
            log = store.create(LogTester.ID);
        }
        check(log);
        log.compact(new CompactionPolicy(
                KeyedRows.KEYS, tombstoneMicros, Long.MAX_VALUE, random.nextBoolean() ? 600 : 1 << 20));
        while (violations.isEmpty()) {
            long before = store.metrics().upkeep().compactedSegments();
            int choice = random.nextInt(30);
            if (choice < 26) {
                append(store, log);
            } else if (choice < 28) {
                store.upkeep();
                check(log);
            } else {
                clock.advance(TimeUnit.SECONDS.toMicros(random.nextInt(3)));
                readSlowly(log);
            }
            compactedSegments += store.metrics().upkeep().compactedSegments() - before;
        }
    }

    private void append(LogStore store, PartitionLog log) {
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int number = random.nextInt(100_000);
            rows.add("key" + random.nextInt(12) + "=" + (number % 3 == 0 ? "" : number));
        }
        sent.tailMap(log.endOffset(), true).clear();
        for (int i = 0; i < rows.size(); i++) {
            sent.put(log.endOffset() + i, rows.get(i));
        }
        log.append(KeyedRows.request(rows));
        store.commitPending();
        acknowledgedEnd = log.endOffset();
    }

    private void readSlowly(PartitionLog log) {
        long to = Math.min(log.endOffset(), readerPosition + 40);
        try (LogCursor cursor = log.read(readerPosition, to)) {
            while (cursor.next()) {
                KeyedRows.apply(seen, cursor);
                to = Math.max(to, cursor.baseOffset() + cursor.rowCount());
            }
        }
        readerPosition = to;
        if (readerPosition == log.endOffset() && !seen.equals(expected(log))) {
            violations.add("slow reader knows " + seen + ", not " + expected(log));
        }
    }

    private Map<String, String> expected(PartitionLog log) {
        Map<String, String> expected = new TreeMap<>();
        sent.headMap(log.endOffset(), false).values().forEach(row -> KeyedRows.apply(expected, row));
        return expected;
    }

    private void check(PartitionLog log) {
        if (log.endOffset() < acknowledgedEnd) {
            violations.add("ends at " + log.endOffset() + ", not " + acknowledgedEnd);
        }
        for (String row : KeyedRows.rows(log)) {
            int at = row.indexOf(':');
            String original = sent.get(Long.parseLong(row.substring(0, at)));
            if (!row.substring(at + 2).equals(original)) {
                violations.add("served " + row + ", sent was " + original);
            }
        }
        Map<String, String> state = KeyedRows.state(log);
        if (!state.equals(expected(log))) {
            violations.add("state is " + state + ", not " + expected(log));
        }
    }
}
