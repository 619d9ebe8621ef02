package io.thalweg.log;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.simulation.SimulatedCrash;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One random life of a partition and a few transactional producers, over some power losses; after each, everything that
 * was not acknowledged is sent again. Everything follows from the seed.
 */
final class TransactionSimulation {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path SNAPSHOT = DIRECTORY.resolve("log/2a/0/producers.snapshot");
    private static final int PRODUCERS = 3;
    private static final int CRASHES = 6;

    private final Random random;
    private final SteppingClock clock = new SteppingClock();
    private final List<String> violations = new ArrayList<>();
    private final Producer[] producers = new Producer[PRODUCERS];
    private boolean forcesFiles = true;
    private int sentRows;
    private int ended;
    private SimulatedDisk disk;
    private LogStore store;
    private PartitionLog log;

    /** A producer with the rows of its transaction, all acknowledged but perhaps the last. */
    private static final class Producer {
        private final List<String> rows = new ArrayList<>();
        private final List<String> committed = new ArrayList<>();
        private int epoch;
        /** Whether the end of the transaction was decided, which stays so until it is acknowledged. */
        private boolean ending;

        private boolean commits;
    }

    TransactionSimulation(long seed) {
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(random.nextLong());
        Arrays.setAll(producers, number -> new Producer());
        this.store = open();
        this.log = store.create(LogTester.ID);
    }

    void forgetToForceFiles() {
        forcesFiles = false;
    }

    List<String> violations() {
        return violations;
    }

    /** Lives; returns how many transactions ended. */
    int run() {
        for (int crash = 0; crash < CRASHES && violations.isEmpty(); crash++) {
            disk.faults().ignoreFileForces = !forcesFiles;
            disk.faults().crashAtOperation = disk.operations() + 20 + random.nextInt(150);
            try {
                while (violations.isEmpty()) {
                    step(random.nextInt(PRODUCERS));
                }
            } catch (SimulatedCrash powerLoss) {
                disk = disk.afterPowerLoss(random.nextLong());
                restart();
            }
        }
        return ended;
    }

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    private void restart() {
        if (random.nextInt(3) == 0 && disk.exists(SNAPSHOT)) {
            disk.setContent(SNAPSHOT, new byte[1]);
        }
        try {
            store = open();
            log = store.partition(LogTester.ID).orElseThrow();
            sendAgain();
            check();
        } catch (ThalwegException e) {
            violations.add("restart threw " + e);
        }
    }

    private void sendAgain() {
        for (int number = 0; number < PRODUCERS; number++) {
            if (producers[number].ending) {
                end(number);
            } else if (!producers[number].rows.isEmpty()) {
                send(number, producers[number].rows.size() - 1);
            }
        }
    }

    private void step(int number) {
        Producer producer = producers[number];
        int choice = random.nextInt(20);
        if (choice < 12) {
            producer.rows.add("producer " + number + " row " + ++sentRows);
            send(number, producer.rows.size() - 1);
        } else if (choice < 17) {
            if (!producer.rows.isEmpty()) {
                producer.ending = true;
                producer.commits = random.nextInt(3) > 0;
                end(number);
            }
        } else if (choice == 17) {
            checkpoint();
        } else {
            check();
        }
    }

    private void checkpoint() {
        try {
            store.checkpoint();
        } catch (IOException e) {
            violations.add("checkpoint threw " + e);
        }
    }

    private void send(int number, int row) {
        Producer producer = producers[number];
        ProducerSequence sequence = new ProducerSequence(number, (short) producer.epoch, row, true);
        CompletableFuture<AppendResult> result =
                log.append(LogTester.row(producer.rows.get(row)).with(sequence));
        store.commitPending();
        result.join();
    }

    private void end(int number) {
        Producer producer = producers[number];
        CompletableFuture<AppendResult> result =
                log.transactions().end(number, (short) (producer.epoch + 1), producer.commits);
        store.commitPending();
        result.join();
        producer.epoch++;
        producer.ending = false;
        if (producer.commits) {
            producer.committed.addAll(producer.rows);
        }
        producer.rows.clear();
        ended++;
    }

    /** All that is acknowledged is decided here: what is served is what was committed below the last stable offset. */
    private void check() {
        List<String> served = KeyedRows.texts(log.transactions().readCommitted(0, Long.MAX_VALUE));
        boolean allDecided = Arrays.stream(producers).allMatch(producer -> producer.rows.isEmpty());
        if (allDecided != (log.transactions().lastStableOffset() == log.endOffset())) {
            violations.add("stable up to " + log.transactions().lastStableOffset() + " of " + log.endOffset());
        }
        for (int number = 0; number < PRODUCERS; number++) {
            String name = "producer " + number + " ";
            List<String> ofProducer =
                    served.stream().filter(row -> row.startsWith(name)).toList();
            List<String> expected = producers[number].committed;
            int count = ofProducer.size();
            boolean isPrefix =
                    count <= expected.size() && expected.subList(0, count).equals(ofProducer);
            if (!isPrefix || (allDecided && count < expected.size())) {
                violations.add("served " + ofProducer + ", committed " + expected);
            }
        }
    }
}
