package io.thalweg.log;

import io.thalweg.log.offsets.CommittedOffset;
import io.thalweg.log.offsets.CommittedOffsets;
import io.thalweg.log.offsets.OffsetLimits;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * One random life of the memory of consumer groups over some power losses, beside compaction. Everything follows from
 * the seed. What is expected is counted from a list of all changes, the long way.
 */
final class CommittedOffsetsSimulation {
    private static final Path DIRECTORY = Path.of("/data");
    private static final int CRASHES = 6;
    private static final int GROUPS = 3;
    private static final int PRODUCERS = 2;

    private final Random random;
    private final SteppingClock clock = new SteppingClock();
    private final List<String> violations = new ArrayList<>();
    private final short[] epochs = new short[PRODUCERS];
    private final boolean forcesFiles;
    private List<Change> changes = new ArrayList<>();
    private SimulatedDisk disk;
    private LogStore store;
    private CommittedOffsets offsets;
    private int steps;

    /** A change of one offset; of a transaction, if it has a producer, or its end, if it has no key. */
    private record Change(String key, long offset, int producer, boolean commits) {
        private static final int NOBODY = -1;
        private static final long FORGOTTEN = -1;
    }

    CommittedOffsetsSimulation(long seed, boolean forcesFiles) {
        this.random = new Random(seed);
        this.forcesFiles = forcesFiles;
        this.disk = new SimulatedDisk(random.nextLong());
        open();
    }

    private void open() {
        store = LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL.withSegmentBytes(1_024), clock);
        PartitionLog log = store.partition(LogTester.ID).orElseGet(() -> store.createInternal(LogTester.ID));
        offsets = CommittedOffsets.open(log, clock, OffsetLimits.defaults());
    }

    List<String> violations() {
        return violations;
    }

    int run() {
        for (int crash = 0; crash < CRASHES && violations.isEmpty(); crash++) {
            disk.faults().ignoreFileForces = !forcesFiles;
            disk.faults().crashAtOperation = disk.operations() + 20 + random.nextInt(400);
            List<Change> acknowledged = changes;
            try {
                while (violations.isEmpty()) {
                    acknowledged = changes;
                    step();
                    check(changes, "running");
                }
            } catch (SimulatedCrash powerLoss) {
                disk = disk.afterPowerLoss(random.nextLong());
                restart(acknowledged);
            }
        }
        return steps;
    }

    /** The change under way may be there or not. */
    private void restart(List<Change> acknowledged) {
        try {
            open();
            if (!served().equals(expected(changes))) {
                changes = acknowledged;
            }
            check(changes, "after a restart");
            for (short producer = 0; producer < PRODUCERS; producer++) {
                end(producer, false);
            }
        } catch (ThalwegException e) {
            violations.add("restart threw " + e);
        }
    }

    private void step() {
        steps++;
        int choice = random.nextInt(20);
        String group = "g" + random.nextInt(GROUPS);
        int partition = random.nextInt(3);
        int producer = random.nextInt(PRODUCERS);
        PartitionId id = new PartitionId(7, partition);
        if (choice < 8) {
            long offset = random.nextInt(1_000);
            note(new Change(group + partition, offset, Change.NOBODY, true));
            finish(offsets.commit(group, Map.of(id, CommittedOffset.of(offset))));
        } else if (choice < 13) {
            long offset = random.nextInt(1_000);
            note(new Change(group + partition, offset, producer, true));
            finish(offsets.commitInTransaction(
                    producer, epochs[producer], group, Map.of(id, CommittedOffset.of(offset))));
        } else if (choice < 15) {
            end(producer, random.nextBoolean());
        } else if (choice < 17) {
            note(new Change(group + partition, Change.FORGOTTEN, Change.NOBODY, true));
            finish(offsets.delete(group, List.of(id)));
        } else if (choice < 18) {
            checkpoint();
        } else {
            clock.advance(1_000_000_000L);
            store.upkeep();
        }
    }

    private void end(int producer, boolean commits) {
        note(new Change("", 0, producer, commits));
        epochs[producer]++;
        finish(offsets.endTransaction(producer, epochs[producer], commits));
    }

    private void note(Change change) {
        changes = new ArrayList<>(changes);
        changes.add(change);
    }

    private void finish(CompletableFuture<Void> result) {
        store.commitPending();
        result.join();
    }

    private void checkpoint() {
        try {
            store.checkpoint();
        } catch (IOException e) {
            violations.add("checkpoint threw " + e);
        }
    }

    private void check(List<Change> made, String when) {
        Map<String, Long> served = served();
        Map<String, Long> expected = expected(made);
        if (!served.equals(expected)) {
            violations.add(when + " served " + served + ", expected " + expected);
        }
    }

    private Map<String, Long> served() {
        Map<String, Long> served = new TreeMap<>();
        for (String group : offsets.groups()) {
            offsets.fetchAll(group).forEach((id, offset) -> served.put(group + id.partition(), offset.offset()));
        }
        return served;
    }

    /** Of the changes that count, the last one of each key. */
    private static Map<String, Long> expected(List<Change> made) {
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < made.size(); i++) {
            Change change = made.get(i);
            if (!change.key().isEmpty() && counts(made, i)) {
                expected.put(change.key(), change.offset());
            }
        }
        expected.values().removeIf(offset -> offset == Change.FORGOTTEN);
        return expected;
    }

    private static boolean counts(List<Change> made, int at) {
        int producer = made.get(at).producer();
        if (producer == Change.NOBODY) {
            return true;
        }
        return made.subList(at, made.size()).stream()
                .filter(change -> change.producer() == producer && change.key().isEmpty())
                .findFirst()
                .map(Change::commits)
                .orElse(false);
    }
}
