package io.thalweg.tests.disk;

import io.thalweg.log.Durability;
import io.thalweg.log.LogCursor;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.tests.disk.WriterProcess.Acknowledged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A log on a disk of its own, whose writer is killed and whose power fails again and again. Finds violations instead of
 * throwing, so that a test of a mutant can ask for them.
 */
final class LogCrashes {
    private static final int ROWS_KEPT = 1_000;

    private final PrivateDisk disk;
    private final Path directory;
    private final Random random;
    private final Map<String, String> environment;
    private final List<String> violations = new ArrayList<>();
    /** By partition what must be there, by offset. */
    private final Map<Integer, TreeMap<Long, StoredRow>> safe = new TreeMap<>();

    private final Set<Integer> made = new TreeSet<>();
    private final Set<Integer> uncertain = new TreeSet<>();
    private long cycles;
    private long checkedCycles;
    private long powerLosses;
    private long acknowledgedRows;

    /**
     * @param environment of the writing process
     */
    LogCrashes(PrivateDisk disk, long seed, Map<String, String> environment) {
        this.disk = disk;
        this.directory = disk.root().resolve("data");
        this.random = new Random(seed);
        this.environment = environment;
        for (int partition = 0; partition < LogWriterMain.PARTITIONS; partition++) {
            safe.put(partition, new TreeMap<>());
        }
    }

    List<String> violations() {
        return violations;
    }

    long powerLosses() {
        return powerLosses;
    }

    long kills() {
        return cycles - powerLosses;
    }

    long acknowledgedRows() {
        return acknowledgedRows;
    }

    /** Lets a process write, takes its power or its life at a random moment, and looks at what is there. */
    void cycle() throws IOException, InterruptedException {
        cycles++;
        boolean losesPower = random.nextInt(6) > 0;
        WriterProcess writer = new WriterProcess(directory, cycles << 32, environment);
        try {
            if (random.nextInt(5) == 0) {
                Thread.sleep(random.nextInt(300));
            } else {
                writer.awaitLines(random.nextInt(400));
            }
            if (losesPower) {
                disk.losePower(writer.handle());
                powerLosses++;
            }
        } finally {
            writer.kill();
        }
        if (losesPower) {
            disk.comeBack();
        }
        violations.addAll(writer.complaints());
        if (!losesPower || random.nextInt(4) > 0) {
            take(writer, losesPower);
            check();
        } else {
            take(writer, true);
        }
    }

    private void take(WriterProcess writer, boolean lostPower) {
        for (Acknowledged one : writer.acknowledged()) {
            acknowledgedRows++;
            if (one.durability() == Durability.SYNC || !lostPower) {
                StoredRow other = safe.get(one.partition()).put(one.offset(), one.row());
                if (other != null) {
                    violations.add("offset " + one.offset() + " of " + one.partition() + " was given out twice");
                }
            }
        }
        made.addAll(writer.partitions("created"));
        List<Integer> dropping = writer.partitions("dropping");
        made.removeAll(dropping);
        uncertain.addAll(dropping);
        uncertain.removeAll(writer.partitions("dropped"));
    }

    private void check() {
        try (LogStore store =
                LogStore.open(new DiskFileSystem(), directory, LogWriterMain.config(), new SystemClock())) {
            for (int partition = 0; partition < LogWriterMain.PARTITIONS; partition++) {
                PartitionLog log = store.partition(new PartitionId(LogWriterMain.ROWS, partition))
                        .orElse(null);
                if (log != null) {
                    checkRows(log, safe.get(partition));
                } else if (!safe.get(partition).isEmpty()) {
                    violations.add("partition " + partition + " is gone");
                }
            }
            checkMade(store);
        } catch (ThalwegException e) {
            violations.add("recovery or read threw " + e);
        }
    }

    private void checkRows(PartitionLog log, TreeMap<Long, StoredRow> expected) {
        TreeMap<Long, StoredRow> found = new TreeMap<>();
        Map<Integer, Long> latest = new TreeMap<>();
        long next = log.startOffset();
        log.requireIntact();
        try (LogCursor cursor = log.read(next, Long.MAX_VALUE)) {
            while (cursor.next()) {
                StoredRow row = StoredRow.claimedBy(cursor.payload());
                if (cursor.baseOffset() != next || !row.payload().equals(cursor.payload())) {
                    violations.add(log.id() + " served something else at " + cursor.baseOffset());
                }
                Long earlier = latest.put(row.writer(), row.number());
                if (earlier != null && earlier >= row.number()) {
                    violations.add(log.id() + " has row " + row + " behind " + earlier);
                }
                found.put(cursor.baseOffset(), row);
                next = cursor.baseOffset() + 1;
            }
        }
        expected.headMap(log.startOffset()).clear();
        expected.forEach((offset, row) -> {
            if (!row.equals(found.get(offset))) {
                violations.add("lost acknowledged row " + row + " at " + offset + " of " + log.id() + ", which ends at "
                        + log.endOffset() + ", found " + found.get(offset));
            }
        });
        log.trimTo(Math.max(log.startOffset(), log.endOffset() - ROWS_KEPT));
        expected.clear();
        expected.putAll(found.tailMap(log.startOffset()));
    }

    private void checkMade(LogStore store) {
        Set<Integer> found = new TreeSet<>();
        for (PartitionId id : store.partitions()) {
            if (id.streamId() == LogWriterMain.MADE) {
                found.add(id.partition());
            }
        }
        for (int partition : made) {
            if (!found.contains(partition)) {
                violations.add("created partition " + partition + " is gone");
            }
        }
        for (int partition : found) {
            PartitionLog log = store.partition(new PartitionId(LogWriterMain.MADE, partition))
                    .orElseThrow();
            if (made.contains(partition) && log.endOffset() != 1) {
                violations.add("lost acknowledged row of " + log.id());
            }
            boolean isNewest = partition >= (checkedCycles + 1) * 10_000 && log.endOffset() <= 1;
            if (!made.contains(partition) && !uncertain.contains(partition) && !isNewest) {
                violations.add("dropped partition " + partition + " is back");
            }
            store.drop(log.id());
        }
        made.clear();
        uncertain.clear();
        checkedCycles = cycles;
    }
}
