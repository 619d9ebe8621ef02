package io.thalweg.log;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One random life of a store and a few producers that send again whatever was not acknowledged, over crashes, failed
 * forces and lost snapshots. Everything follows from the seed.
 */
final class RetrySimulation {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path SNAPSHOT = DIRECTORY.resolve("log/2a/0/producers.snapshot");
    private static final int PRODUCERS = 3;
    private static final int CRASHES = 8;
    private static final int MOST_UNDER_WAY = 5;

    private final Random random;
    private final boolean numbered;
    private final SteppingClock clock = new SteppingClock();
    private final List<String> violations = new ArrayList<>();
    private final Producer[] producers = new Producer[PRODUCERS];
    private SimulatedDisk disk;
    private int retries;

    /** What a producer sent: the row counts of its appends, of which all up to some were acknowledged. */
    private static final class Producer {
        private final List<Integer> rowCounts = new ArrayList<>();
        private int acknowledged;

        int sequence(int append) {
            return rowCounts.subList(0, append).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    /**
     * @param numbered whether the log may know which append is which; without it, it is the mutant
     */
    RetrySimulation(long seed, boolean numbered) {
        this.random = new Random(seed);
        this.numbered = numbered;
        this.disk = new SimulatedDisk(random.nextLong());
        Arrays.setAll(producers, number -> new Producer());
    }

    List<String> violations() {
        return violations;
    }

    /** Lives; returns the number of appends that were sent again. */
    int run() {
        for (int crash = 0; crash < CRASHES; crash++) {
            disk.faults().crashAtOperation = 20L + random.nextInt(150);
            disk.faults().failAtForce = random.nextInt(3) == 0 ? 5L + random.nextInt(30) : Long.MAX_VALUE;
            try {
                live();
            } catch (SimulatedCrash powerLoss) {
                disk = disk.afterPowerLoss(random.nextLong());
            } catch (ThalwegException diskFailed) {
                disk.killProcess();
                disk.faults().failAtForce = Long.MAX_VALUE;
            }
            if (random.nextInt(3) == 0 && disk.exists(SNAPSHOT)) {
                disk.setContent(SNAPSHOT, new byte[random.nextInt(50)]);
            }
        }
        disk.faults().crashAtOperation = Long.MAX_VALUE;
        LogStore store = open();
        PartitionLog log = store.partition(LogTester.ID).orElseGet(() -> store.create(LogTester.ID));
        sendAgain(store, log);
        check(log);
        store.close();
        return retries;
    }

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    private void live() {
        LogStore store = open();
        PartitionLog log = store.partition(LogTester.ID).orElse(null);
        if (log == null) {
            log = store.create(LogTester.ID);
        }
        sendAgain(store, log);
        while (log.unavailability().isEmpty()) {
            int choice = random.nextInt(20);
            int number = random.nextInt(PRODUCERS);
            Producer producer = producers[number];
            if (choice < 12) {
                if (producer.rowCounts.size() - producer.acknowledged < MOST_UNDER_WAY) {
                    producer.rowCounts.add(1 + random.nextInt(3));
                    send(log, number, producer.rowCounts.size() - 1);
                }
            } else if (choice < 18) {
                store.commitPending();
                if (choice == 17) {
                    sendOldOnesAgain(log, number);
                }
            } else {
                checkpoint(store);
            }
        }
        throw new ThalwegException(ErrorCode.PARTITION_OFFLINE, "the disk failed");
    }

    private void checkpoint(LogStore store) {
        try {
            store.checkpoint();
        } catch (IOException e) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "checkpoint failed", e);
        }
    }

    /** What every producer does after a restart: all that was not acknowledged, in order. */
    private void sendAgain(LogStore store, PartitionLog log) {
        for (int number = 0; number < PRODUCERS; number++) {
            for (int append = producers[number].acknowledged; append < producers[number].rowCounts.size(); append++) {
                send(log, number, append);
                retries++;
            }
            sendOldOnesAgain(log, number);
        }
        store.commitPending();
    }

    /** What a producer does that lost acknowledgements: its last appends are sent though they were acknowledged. */
    private void sendOldOnesAgain(PartitionLog log, int number) {
        Producer producer = producers[number];
        int count = producer.rowCounts.size();
        if (producer.acknowledged == count) {
            for (int append = Math.max(0, count - 1 - random.nextInt(MOST_UNDER_WAY)); append < count; append++) {
                send(log, number, append);
                retries++;
            }
        }
    }

    private void send(PartitionLog log, int number, int append) {
        Producer producer = producers[number];
        int sequence = producer.sequence(append);
        int rowCount = producer.rowCounts.get(append);
        ByteBuffer payload = ByteBuffer.allocate(100)
                .putInt(number)
                .putInt(sequence)
                .putInt(rowCount)
                .rewind();
        AppendRequest request = AppendRequest.of(PayloadKind.RECORD, payload, rowCount);
        if (numbered) {
            request = request.with(new ProducerSequence(number, (short) 0, sequence));
        }
        CompletableFuture<AppendResult> result = log.append(request);
        result.thenAccept(place -> producer.acknowledged = Math.max(producer.acknowledged, append + 1));
    }

    private void check(PartitionLog log) {
        int[] expected = new int[PRODUCERS];
        try (LogCursor cursor = log.read(0, Long.MAX_VALUE)) {
            while (cursor.next()) {
                int number = cursor.payload().getInt();
                int sequence = cursor.payload().slice(4, 4).getInt();
                if (sequence != expected[number]) {
                    violations.add("sequence " + sequence + " follows " + expected[number]);
                }
                expected[number] = sequence + cursor.rowCount();
            }
        }
        for (int number = 0; number < PRODUCERS; number++) {
            Producer producer = producers[number];
            int sent = producer.sequence(producer.rowCounts.size());
            if (expected[number] != sent) {
                violations.add("rows " + expected[number] + " of producer " + number + " though it sent " + sent);
            }
            if (producer.acknowledged != producer.rowCounts.size()) {
                violations.add("only " + producer.acknowledged + " appends acknowledged");
            }
        }
    }
}
