package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever changes files is stopped before each of its operations on them: by a kill, by a loss of power, by a failing
 * force and by a full disk. Afterwards there is what was there before or what was to be there, and the store works. More
 * states of each loss of power with {@code -Dthalweg.states=n}, more crashes of starts with {@code -Dthalweg.starts=n}.
 */
class EveryStepTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final PartitionId OTHER = new PartitionId(ID.streamId(), 1);
    private static final PartitionId KEYED = new PartitionId(0x2b, 0);
    private static final PartitionId NEW = new PartitionId(0x2c, 0);
    private static final HashPoint MIDDLE = new HashPoint(Long.MIN_VALUE, 0);
    private static final int STATES = Integer.getInteger("thalweg.states", 3);
    private static final int STARTS = Integer.getInteger("thalweg.starts", 200);
    private static final int MOST_STEPS = 1_000;
    private static final int MOST_NESTED_CRASHES = 5;
    private static final long TOMBSTONE_MICROS = TimeUnit.SECONDS.toMicros(500);

    private final SteppingClock clock = new SteppingClock();
    private boolean forcesDirectories = true;
    private int stops;

    /** A change that takes effect as a whole or not at all. */
    private interface Change {
        void apply(LogStore store) throws IOException;
    }

    /** The life of a store, in changes. */
    private enum Life {
        APPENDING_AND_ROLLING(Collections.nCopies(25, EveryStepTest::appendRow)),
        CHECKPOINT(List.of(EveryStepTest::appendRow, LogStore::checkpoint)),
        RETENTION(List.of(store -> {
            log(store, ID).retain(RetentionPolicy.ofBytes(3_000));
            log(store, ID).runUpkeep();
        })),
        COMPACTION(List.of(store -> {
            log(store, KEYED).compact(new CompactionPolicy(KeyedRows.KEYS, TOMBSTONE_MICROS, Long.MAX_VALUE, 1 << 20));
            log(store, KEYED).runUpkeep();
        })),
        TRIM(List.of(store -> log(store, ID).trimTo(30), store -> log(store, ID).trimTo(50))),
        CREATE(List.of(store -> store.create(NEW), store -> store.createInternal(new PartitionId(0x2c, 1)))),
        DROP(List.of(store -> store.drop(OTHER), store -> store.create(OTHER))),
        SPLIT(List.of(store -> store.split(ID, MIDDLE))),
        MERGE(List.of(
                store -> store.split(OTHER, MIDDLE),
                store -> store.merge(new PartitionId(ID.streamId(), 2), new PartitionId(ID.streamId(), 3)))),
        CLOSE(List.of(EveryStepTest::appendRow, LogStore::close));

        private final List<Change> changes;

        Life(List<Change> changes) {
            this.changes = changes;
        }
    }

    /** What stops a life. */
    private enum Fault {
        KILL,
        POWER_LOSS,
        FAILING_FORCE,
        FULL_DISK
    }

    @ParameterizedTest
    @EnumSource(Life.class)
    void leavesWholeChangesWhereverItStops(Life life) throws IOException {
        SimulatedDisk original = populated();
        List<String> contents = contents(copy(original), life);
        for (Fault fault : Fault.values()) {
            boolean finished = false;
            for (int step = 1; !finished; step++) {
                assertTrue(step < MOST_STEPS, "the life never ends");
                SimulatedDisk disk = copy(original);
                LogStore store = open(disk);
                arm(disk, fault, step);
                int done = live(store, life);
                disarm(disk);
                finished = done == life.changes.size();
                disk.killProcess();
                List<String> possible = contents.subList(done, Math.min(done + 2, contents.size()));
                for (int state = 0; state < (fault == Fault.POWER_LOSS ? STATES : 1); state++) {
                    SimulatedDisk survivor = fault == Fault.POWER_LOSS ? disk.afterPowerLoss(state) : disk;
                    check(survivor, possible, fault + " at step " + step + " in state " + state);
                    stops++;
                }
            }
        }
        System.out.println(life + ": " + stops + " stops");
    }

    @Test
    void findsTheMutantThatForgetsToForceDirectories() throws IOException {
        forcesDirectories = false;
        try {
            leavesWholeChangesWhereverItStops(Life.CREATE);
        } catch (AssertionError | ThalwegException found) {
            return;
        }
        throw new AssertionError("the mutant survives");
    }

    private void arm(SimulatedDisk disk, Fault fault, int step) {
        disk.faults().ignoreDirectoryForces = !forcesDirectories;
        switch (fault) {
            case KILL, POWER_LOSS -> disk.faults().crashAtOperation = disk.operations() + step;
            case FAILING_FORCE -> disk.faults().failAtForce = disk.forces() + step;
            case FULL_DISK -> disk.faults().fullFromOperation = disk.operations() + step;
        }
    }

    private static void disarm(SimulatedDisk disk) {
        disk.faults().crashAtOperation = Long.MAX_VALUE;
        disk.faults().failAtForce = Long.MAX_VALUE;
        disk.faults().fullFromOperation = Long.MAX_VALUE;
    }

    /** Makes changes until one fails; returns how many were made. */
    private static int live(LogStore store, Life life) {
        int done = 0;
        try {
            for (Change change : life.changes) {
                change.apply(store);
                done++;
            }
        } catch (SimulatedCrash | IOException | ThalwegException | CompletionException stopped) {
            // The point of the exercise.
        }
        return done;
    }

    /** What is there before the life and after each of its changes. */
    private List<String> contents(SimulatedDisk disk, Life life) throws IOException {
        LogStore store = open(disk);
        List<String> contents = new ArrayList<>();
        contents.add(content(store));
        for (Change change : life.changes) {
            change.apply(store);
            contents.add(
                    change == life.changes.get(life.changes.size() - 1) && life == Life.CLOSE
                            ? contents.get(contents.size() - 1)
                            : content(store));
        }
        return contents;
    }

    private void check(SimulatedDisk survivor, List<String> possible, String when) throws IOException {
        LogStore store = open(survivor);
        String found = content(store);
        assertTrue(possible.contains(found), () -> when + " left\n" + found + "instead of\n" + possible);
        store.close();
        assertEquals(List.of(), new LogVerifier(survivor, DIRECTORY).verify(), when);
        LogStore again = open(survivor);
        assertEquals(found, content(again), when);
        PartitionLog open = again.partitions().stream()
                .map(id -> log(again, id))
                .filter(log -> log.unavailability().isEmpty())
                .findFirst()
                .orElseThrow();
        CompletableFuture<AppendResult> result = open.append(row("works"));
        again.commitPending();
        assertEquals(open.endOffset() - 1, result.join().baseOffset(), when);
        again.close();
    }

    @Test
    void startsTheSameHoweverOftenAStartIsCutOff() {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int nested = 0;
        for (int start = 0; start < STARTS; start++) {
            SimulatedDisk crashed = crashed(random);
            LogStore uninterrupted = open(copy(crashed));
            String expected = content(uninterrupted);
            SimulatedDisk disk = copy(crashed);
            for (int crash = random.nextInt(MOST_NESTED_CRASHES); crash >= 0; crash--) {
                disk.faults().crashAtOperation = disk.operations() + 1 + random.nextInt(25);
                try {
                    open(disk);
                } catch (SimulatedCrash inTheStart) {
                    nested++;
                }
                disarm(disk);
                disk.killProcess();
                disk = random.nextBoolean() ? disk : disk.afterPowerLoss(random.nextLong());
            }
            assertEquals(expected, content(open(disk)), "start " + start);
        }
        System.out.println(STARTS + " starts, cut off " + nested + " times");
    }

    /** A disk that lost its power in the middle of everything. */
    private SimulatedDisk crashed(Random random) {
        SimulatedDisk disk = copy(populated());
        LogStore store = open(disk);
        disk.faults().crashAtOperation = disk.operations() + 1 + random.nextInt(80);
        List<Life> lives = List.of(Life.values());
        try {
            while (true) {
                for (Change change : lives.get(random.nextInt(lives.size() - 1)).changes) {
                    attempt(change, store);
                }
            }
        } catch (SimulatedCrash powerLoss) {
            return disk.afterPowerLoss(random.nextLong());
        }
    }

    /** Makes a change, unless an earlier one, in another order than it was meant for, forbids it. */
    private static void attempt(Change change, LogStore store) {
        try {
            change.apply(store);
        } catch (ThalwegException | CompletionException | IOException | NoSuchElementException e) {
            // Such as a trim of a partition that was split.
        }
    }

    private LogStore open(SimulatedDisk disk) {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    /** The same again; nothing of it may be unforced. */
    private static SimulatedDisk copy(SimulatedDisk disk) {
        return disk.afterPowerLoss(1);
    }

    private static PartitionLog log(LogStore store, PartitionId id) {
        return store.partition(id).orElseThrow();
    }

    /** A disk with rows of each kind, of which nothing is unforced, but for the last points and indexes. */
    private SimulatedDisk populated() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LogStore store = open(disk);
        store.create(ID);
        store.create(OTHER);
        store.create(KEYED);
        for (int i = 0; i < 60; i++) {
            appendRow(store);
            String value = i % 5 == 0 ? "" : Integer.toString(i);
            log(store, KEYED).append(KeyedRows.request(List.of("key" + i % 7 + "=" + value)));
            store.commitPending();
        }
        disk.killProcess();
        return disk;
    }

    private static void appendRow(LogStore store) {
        PartitionLog log = log(store, ID);
        int number = (int) log.endOffset();
        CompletableFuture<AppendResult> result = log.append(
                row("row " + number + " " + "x".repeat(number % 50)).with(new ProducerSequence(7, (short) 0, number)));
        store.commitPending();
        result.join();
    }

    /** Everything that can be read, in words; of what is compacted, what it amounts to. */
    private static String content(LogStore store) {
        StringBuilder text = new StringBuilder();
        for (PartitionId id : store.partitions()) {
            PartitionLog log = log(store, id);
            log.requireIntact();
            if (id.equals(KEYED)) {
                text.append(id).append(" to ").append(log.endOffset()).append(KeyedRows.state(log));
            } else {
                text.append(id).append(" from ").append(log.startOffset()).append(LogTester.readAll(log));
            }
            text.append(log.metadata().closed() ? " closed\n" : "\n");
        }
        return text.toString();
    }
}
