package io.thalweg.log;

import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One random life of a partition of Kafka batches, some promised to the disk and some to the operating system only, over
 * some power losses. Remembers whatever a reader has ever seen. Everything follows from the seed.
 */
public final class LeaderEpochSimulation {
    private static final Path DIRECTORY = Path.of("/data");
    private static final int CRASHES = 6;
    private static final int EPOCH_AT = 12;

    private final Random random;
    private final BatchSource batches;
    private final List<String> violations = new ArrayList<>();
    /** What readers saw: by offset and epoch, the name of the batch. */
    private final Map<String, String> seen = new HashMap<>();

    private SimulatedDisk disk;
    private LogStore store;
    private PartitionLog log;
    private int epoch = -1;
    private int lost;
    private int sent;

    /** Makes a batch of one record that holds a name. */
    @FunctionalInterface
    public interface BatchSource {
        ByteBuffer batch(String name);
    }

    public LeaderEpochSimulation(long seed, BatchSource batches) {
        this.random = new Random(seed);
        this.batches = batches;
        this.disk = new SimulatedDisk(random.nextLong());
    }

    public List<String> violations() {
        return violations;
    }

    /** Lives; returns how often a power loss took something that had been seen. */
    public int run() {
        for (int crash = 0; crash < CRASHES && violations.isEmpty(); crash++) {
            disk.faults().crashAtOperation = disk.operations() + 5 + random.nextInt(120);
            try {
                open();
                while (violations.isEmpty()) {
                    step();
                }
            } catch (SimulatedCrash powerLoss) {
                disk = disk.afterPowerLoss(random.nextLong());
            } catch (ThalwegException e) {
                violations.add("threw " + e);
            }
        }
        return lost;
    }

    private void open() {
        long endBefore = log == null ? 0 : log.endOffset();
        store = LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, new SteppingClock());
        log = store.partition(LogTester.ID).orElseGet(() -> store.create(LogTester.ID));
        lost += log.endOffset() < endBefore ? 1 : 0;
        read();
        if (log.leaderEpochs().current() <= epoch) {
            violations.add("epoch " + log.leaderEpochs().current() + " came after " + epoch);
        }
    }

    private void step() {
        int choice = random.nextInt(10);
        if (choice < 6) {
            ByteBuffer batch = batches.batch("batch " + sent++);
            Durability durability = choice == 0 ? Durability.SYNC : Durability.OS;
            log.append(AppendRequest.of(PayloadKind.KAFKA_BATCH, batch, 1).with(durability));
            store.commitPending();
        } else if (choice < 9) {
            read();
        } else {
            checkpoint();
        }
    }

    private void checkpoint() {
        try {
            store.checkpoint();
        } catch (IOException e) {
            violations.add("checkpoint threw " + e);
        }
    }

    /** Reads everything and holds it against what was seen before. */
    private void read() {
        int greatest = -1;
        try (LogCursor cursor = log.read(0, Long.MAX_VALUE)) {
            while (cursor.next()) {
                ByteBuffer batch = cursor.payload();
                int stamped = batch.getInt(EPOCH_AT);
                String name = StandardCharsets.UTF_8
                        .decode(batch.slice(61, batch.limit() - 61))
                        .toString();
                String before = seen.put(cursor.baseOffset() + " of epoch " + stamped, name);
                if (before != null && !before.equals(name)) {
                    violations.add("two batches at " + cursor.baseOffset() + " of epoch " + stamped);
                }
                if (stamped < greatest || log.leaderEpochs().at(cursor.baseOffset()) != stamped) {
                    violations.add("epoch " + stamped + " at " + cursor.baseOffset() + " after " + greatest);
                }
                greatest = stamped;
                checkEnd(stamped, cursor.baseOffset());
            }
        }
        epoch = Math.max(epoch, greatest);
    }

    private void checkEnd(int stamped, long offset) {
        LeaderEpochs.End end = log.leaderEpochs().endOf(stamped, log.endOffset());
        if (end.epoch() != stamped || end.endOffset() <= offset) {
            violations.add("epoch " + stamped + " has a batch at " + offset + " and ends at " + end);
        }
    }
}
