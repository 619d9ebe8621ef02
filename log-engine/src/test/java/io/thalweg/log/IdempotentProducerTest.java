package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.ProducerRefusedException.Reason;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Producers that number their appends, and retry them. More retries with {@code -Dthalweg.retries=n}. */
class IdempotentProducerTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final int RETRIES = Integer.getInteger("thalweg.retries", 10_000);

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final SteppingClock clock = new SteppingClock();

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    private static CompletableFuture<AppendResult> send(PartitionLog log, int epoch, int sequence, int rows) {
        ByteBuffer payload =
                ByteBuffer.allocate(8).putInt(epoch).putInt(sequence).rewind();
        return log.append(AppendRequest.of(PayloadKind.RECORD, payload, rows)
                .with(new ProducerSequence(7, (short) epoch, sequence)));
    }

    private static long offset(LogStore store, PartitionLog log, int epoch, int sequence) {
        CompletableFuture<AppendResult> result = send(log, epoch, sequence, 2);
        store.commitPending();
        return result.join().baseOffset();
    }

    private static Reason refusal(PartitionLog log, int epoch, int sequence) {
        ThalwegException refused = assertThrows(ThalwegException.class, () -> send(log, epoch, sequence, 2));
        return LogTester.reason(refused);
    }

    @Test
    void answersRetriesWithTheOriginalPlaceAndRefusesTheRest() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        log.append(row("anonymous"));
        for (int start = 0; start < 3; start++) {
            int epoch = start;
            long base = log.endOffset() + (start == 0 ? 1 : 0);
            for (int i = 0; i < 20; i++) {
                assertEquals(base + 2 * i, offset(store, log, epoch, 2 * i));
                for (int back = 0; back <= Math.min(i, 4); back++) {
                    assertEquals(base + 2 * (i - back), offset(store, log, epoch, 2 * (i - back)));
                }
            }
            assertEquals(base + 40, log.endOffset());
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, epoch, 42));
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, epoch, 38 - 12));
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, epoch, 37));
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, epoch + 1, 1));
            if (epoch > 0) {
                assertEquals(Reason.OLD_EPOCH, refusal(log, epoch - 1, 40));
            }
            store.close();
            store = open();
            log = store.partition(ID).orElseThrow();
            assertEquals(base + 38, offset(store, log, epoch, 38));
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, epoch, 41));
        }
        store.close();
    }

    @Test
    void knowsRetriesOfAppendsThatStillWaitAndForcesThemIfAsked() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        List<CompletableFuture<AppendResult>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            results.add(send(log, 0, 2 * (i % 5), 2));
        }
        store.commitPending();
        for (int i = 0; i < 10; i++) {
            assertEquals(2 * (i % 5), results.get(i).join().baseOffset());
        }
        AppendRequest weak = AppendRequest.of(PayloadKind.RECORD, ByteBuffer.allocate(8), 1)
                .with(Durability.OS)
                .with(new ProducerSequence(8, (short) 0, 0));
        log.append(weak);
        store.commitPending();
        long forces = disk.forces();
        log.append(weak);
        store.commitPending();
        assertEquals(forces, disk.forces());
        log.append(weak.with(Durability.SYNC));
        store.commitPending();
        assertEquals(forces + 1, disk.forces());
        assertEquals(11, log.endOffset());
        assertEquals(6, store.metrics().appends());
        store.close();
    }

    @Test
    void startsAgainFromZeroAfterTheGreatestSequence() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        assertEquals(0, offset(store, log, 0, Integer.MAX_VALUE - 1));
        assertEquals(2, offset(store, log, 0, 0));
        assertEquals(0, offset(store, log, 0, Integer.MAX_VALUE - 1));
        assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, 0, 1));
        store.close();
    }

    @Test
    void takesAgainWhatAFullDiskRefused() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        assertEquals(0, offset(store, log, 3, 0));
        disk.faults().capacityBytes = 0;
        CompletableFuture<AppendResult> refused = send(log, 4, 0, 2);
        CompletableFuture<AppendResult> behind = send(log, 4, 2, 2);
        store.commitPending();
        assertEquals(ErrorCode.DISK_FULL, failure(refused::join));
        assertEquals(ErrorCode.DISK_FULL, failure(behind::join));
        disk.faults().capacityBytes = Long.MAX_VALUE;
        assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, 4, 2));
        assertEquals(2, offset(store, log, 3, 2));
        assertEquals(4, offset(store, log, 4, 0));
        store.close();
    }

    @Test
    void forgetsProducersThatAreSilentForLong() throws Exception {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        assertEquals(0, offset(store, log, 5, 0));
        clock.advance(TimeUnit.DAYS.toMicros(2));
        store.checkpoint();
        assertEquals(2, offset(store, log, 0, 17));
        store.close();
        store = open();
        log = store.partition(ID).orElseThrow();
        assertEquals(2, offset(store, log, 0, 17));
        store.close();
    }

    @Test
    void hasEveryRowOnceWhateverIsRetriedAfterWhateverCrash() {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        int retries = 0;
        int lives = 0;
        for (; retries < RETRIES; lives++) {
            RetrySimulation life = new RetrySimulation(seed + lives, true);
            retries += life.run();
            assertEquals(List.of(), life.violations(), "seed " + (seed + lives));
        }
        System.out.println(retries + " retries in " + lives + " lives");
    }

    @Test
    void findsTheMutantThatDoesNotCompareSequences() {
        List<String> violations = new ArrayList<>();
        for (int life = 0; life < 10; life++) {
            RetrySimulation mutant = new RetrySimulation(life, false);
            mutant.run();
            violations.addAll(mutant.violations());
        }
        assertTrue(violations.stream().anyMatch(one -> one.contains("follows")), violations::toString);
    }

    @Test
    void rebuildsItsMemoryWithAnySnapshot() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        for (int i = 0; i < 20; i++) {
            offset(store, log, 0, 2 * i);
        }
        List<String> rows = readAll(log);
        store.close();
        Path snapshot = DIRECTORY.resolve("log/2a/0/producers.snapshot");
        byte[] whole = disk.content(snapshot);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 8;
            disk.setContent(snapshot, flipped);
            store = open();
            log = store.partition(ID).orElseThrow();
            assertEquals(30, offset(store, log, 0, 30));
            assertEquals(Reason.OUT_OF_SEQUENCE, refusal(log, 0, 28));
            assertEquals(rows, readAll(log));
            store.close();
        }
    }
}
