package io.thalweg.log;

import io.thalweg.log.ExpectedLog.Sent;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One random life of a store: works, loses power at a random operation, and is recovered from many states that this
 * may have left. Everything follows from the seed.
 */
final class CrashSimulation {
    static final Path DIRECTORY = Path.of("/data");

    private static final int PARTITIONS = 3;
    private static final int LONGEST_LIFE_OPERATIONS = 250;

    /** How lives differ: a rule that the disk or the store breaks, and what an acknowledgement is taken to mean. */
    record Setup(Consumer<SimulatedDisk.Faults> faults, Durability durability, Consumer<SimulatedDisk> afterPowerLoss) {
        static final Setup CORRECT = new Setup(faults -> {}, Durability.SYNC, disk -> {});
    }

    private final Setup setup;
    private final Random random;
    private final List<String> violations = new ArrayList<>();
    private SimulatedDisk disk;
    private Map<PartitionId, ExpectedLog> expected = new HashMap<>();
    /** Partitions that a create or a drop under way may have added or removed. */
    private Set<PartitionId> uncertain = new HashSet<>();

    private long sentCount;

    CrashSimulation(long seed, Setup setup) {
        this.random = new Random(seed);
        this.setup = setup;
        this.disk = new SimulatedDisk(random.nextLong());
        setup.faults().accept(disk.faults());
    }

    /** Lives once, then recovers from so many states; returns what went wrong. */
    List<String> run(int states) {
        disk.faults().shortWrites = random.nextBoolean();
        if (random.nextInt(4) == 0) {
            disk.faults().failAtForce = 1L + random.nextInt(60);
        }
        disk.faults().crashAtOperation = 1L + random.nextInt(LONGEST_LIFE_OPERATIONS);
        try {
            liveUntilCrash();
        } catch (SimulatedCrash powerLoss) {
            // The point of the exercise.
        } catch (ThalwegException e) {
            violations.add("restart threw " + e);
        }
        SimulatedDisk lost = disk;
        Map<PartitionId, ExpectedLog> expectedBefore = expected;
        Set<PartitionId> uncertainBefore = uncertain;
        for (int i = 0; i < states; i++) {
            expected = copy(expectedBefore);
            uncertain = new HashSet<>(uncertainBefore);
            losePower(lost);
            try {
                recoverAndCheck();
            } catch (ThalwegException e) {
                violations.add("recovery threw " + e);
            }
        }
        return violations;
    }

    private void losePower(SimulatedDisk lost) {
        disk = lost.afterPowerLoss(random.nextLong());
        setup.afterPowerLoss().accept(disk);
        setup.faults().accept(disk.faults());
    }

    private void recoverAndCheck() {
        int variation = random.nextInt(8);
        try {
            if (variation == 0) {
                disk.faults().crashAtOperation = 1L + random.nextInt(12);
            }
            LogStore store = openAndCheck();
            if (variation <= 2) {
                appendSome(store);
                store.commitPending();
                disk.killProcess();
                openAndCheck().close();
            }
        } catch (SimulatedCrash duringRecovery) {
            losePower(disk);
            openAndCheck().close();
        }
    }

    private void liveUntilCrash() {
        LogStore store = openAndCheck();
        while (true) {
            try {
                store = liveOn(store);
            } catch (ThalwegException diskFailed) {
                store = restartAfter(diskFailed);
            }
        }
    }

    /** A force failed: the process ends, and the next one must not believe the page cache. */
    private LogStore restartAfter(ThalwegException failure) {
        if (failure.code() != ErrorCode.PARTITION_OFFLINE && failure.code() != ErrorCode.IO_ERROR) {
            violations.add("unexpected " + failure);
        }
        disk.killProcess();
        return openAndCheck();
    }

    private LogStore liveOn(LogStore running) {
        LogStore store = running;
        while (true) {
            int choice = random.nextInt(42);
            if (choice < 20) {
                append(store, random.nextInt(PARTITIONS));
            } else if (choice < 32) {
                store.commitPending();
            } else if (choice < 35) {
                checkpoint(store);
            } else if (choice == 35) {
                store.close();
                store = openAndCheck();
            } else if (choice == 36) {
                disk.killProcess();
                store = openAndCheck();
            } else if (choice == 37) {
                drop(store, random.nextInt(PARTITIONS));
            } else if (choice < 40) {
                trim(store, random.nextInt(PARTITIONS));
            } else {
                appendSome(store);
                store.commitPending();
            }
        }
    }

    private void trim(LogStore store, int number) {
        PartitionId id = new PartitionId(7, number);
        PartitionLog log = store.partition(id).orElse(null);
        if (log != null) {
            long span = log.endOffset() - log.startOffset();
            long offset = log.startOffset() + (long) (random.nextDouble() * (span + 1));
            expected.get(id).trimming(offset);
            log.trimTo(offset);
            expected.get(id).trimmed();
        }
    }

    private void appendSome(LogStore store) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            append(store, random.nextInt(PARTITIONS));
        }
    }

    private void append(LogStore store, int number) {
        PartitionId id = new PartitionId(7, number);
        ExpectedLog log = expected.get(id);
        if (log == null) {
            uncertain.add(id);
            store.create(id);
            uncertain.remove(id);
            log = new ExpectedLog();
            expected.put(id, log);
        }
        int length = random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(200);
        Sent sent = new Sent(++sentCount, 1 + random.nextInt(3), random.nextInt(1_000), length);
        PartitionLog partition = store.partition(id).orElse(null);
        if (partition == null) {
            return;
        }
        long offset = log.nextOffset(partition.endOffset());
        log.sent(offset, sent);
        observe(partition.append(sent.request(setup.durability())), log, offset);
    }

    private void observe(CompletableFuture<AppendResult> result, ExpectedLog log, long expectedOffset) {
        result.whenComplete((done, failure) -> {
            if (failure == null) {
                if (done.baseOffset() != expectedOffset) {
                    violations.add("acknowledged at " + done.baseOffset() + ", not at " + expectedOffset);
                }
                log.acknowledged(done.baseOffset());
            } else if (failure instanceof ThalwegException known && known.code() == ErrorCode.DISK_FULL) {
                log.refused(expectedOffset);
            }
        });
    }

    private void drop(LogStore store, int number) {
        PartitionId id = new PartitionId(7, number);
        if (expected.remove(id) != null) {
            uncertain.add(id);
            store.drop(id);
            uncertain.remove(id);
        }
    }

    private void checkpoint(LogStore store) {
        try {
            store.checkpoint();
        } catch (IOException e) {
            assert disk.forces() == disk.faults().failAtForce : e;
        }
    }

    private LogStore open() {
        LogConfig config = LogConfig.defaults().withSegmentBytes(2_048).withReserveBytes(0);
        return LogStore.openWithoutThreads(disk, DIRECTORY, config, new SteppingClock());
    }

    private LogStore openAndCheck() {
        LogStore store;
        try {
            store = open();
        } catch (ThalwegException diskFailed) {
            if (disk.forces() != disk.faults().failAtForce) {
                throw diskFailed;
            }
            disk.killProcess();
            store = open();
        }
        for (Map.Entry<PartitionId, ExpectedLog> entry : expected.entrySet()) {
            PartitionLog log = store.partition(entry.getKey()).orElse(null);
            if (log == null) {
                violations.add(entry.getKey() + " is gone");
            } else {
                check(log, entry.getValue());
            }
        }
        Set<PartitionId> present = new HashSet<>(store.partitions());
        for (PartitionId id : present) {
            if (uncertain.contains(id)) {
                store.drop(id);
            } else if (!expected.containsKey(id)) {
                violations.add(id + " is back");
            }
        }
        uncertain.clear();
        return store;
    }

    private void check(PartitionLog log, ExpectedLog content) {
        try {
            violations.addAll(content.check(log));
        } catch (ThalwegException | CompletionException e) {
            violations.add("read of " + log.id() + " threw " + e);
        }
    }

    private static Map<PartitionId, ExpectedLog> copy(Map<PartitionId, ExpectedLog> original) {
        Map<PartitionId, ExpectedLog> copy = new HashMap<>();
        original.forEach((id, log) -> copy.put(id, new ExpectedLog(log)));
        return copy;
    }
}
