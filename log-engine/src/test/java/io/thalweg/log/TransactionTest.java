package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.ProducerRefusedException.Reason;
import io.thalweg.log.producer.TransactionTable.Ended;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Appends that count only once their transaction is committed. */
class TransactionTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path SNAPSHOT = DIRECTORY.resolve("log/2a/0/producers.snapshot");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final SteppingClock clock = new SteppingClock();
    private LogStore store = open();
    private PartitionLog log = store.create(ID);

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, LogTester.SMALL, clock);
    }

    private void restart(boolean losesSnapshot) {
        store.close();
        if (losesSnapshot) {
            disk.setContent(SNAPSHOT, new byte[1]);
        }
        store = open();
        log = store.partition(ID).orElseThrow();
    }

    private CompletableFuture<AppendResult> send(int producer, int epoch, int sequence, String text) {
        CompletableFuture<AppendResult> result =
                log.append(LogTester.row(text).with(new ProducerSequence(producer, (short) epoch, sequence, true)));
        store.commitPending();
        return result;
    }

    private long end(int producer, int epoch, boolean commits) {
        CompletableFuture<AppendResult> result = log.transactions().end(producer, (short) epoch, commits);
        store.commitPending();
        return result.join().baseOffset();
    }

    private List<String> committed() {
        return KeyedRows.texts(log.transactions().readCommitted(log.startOffset(), Long.MAX_VALUE));
    }

    private static Reason refusal(Executable action) {
        ThalwegException refused = assertThrows(ThalwegException.class, action);
        return LogTester.reason(refused);
    }

    @Test
    void showsCommittedRowsUpToTheFirstOpenTransaction() {
        send(1, 0, 0, "one a");
        send(2, 0, 0, "two a");
        appendEach(store, log, List.of("plain"));
        send(1, 0, 1, "one b");
        assertEquals(0, log.transactions().lastStableOffset());
        assertEquals(List.of(), committed());
        assertEquals(4, end(1, 1, true));
        assertEquals(1, log.transactions().lastStableOffset());
        assertEquals(List.of("one a"), committed());
        assertEquals(5, end(2, 1, false));
        for (boolean losesSnapshot : new boolean[] {false, true, false}) {
            assertEquals(6, log.transactions().lastStableOffset());
            assertEquals(List.of("one a", "plain", "one b"), committed());
            assertEquals(List.of("one a", "two a", "plain", "one b"), readAll(log));
            assertEquals(List.of(new Ended(2, 1, 5, true)), log.transactions().aborted(0, 6));
            assertEquals(List.of(), log.transactions().aborted(6, 9));
            restart(losesSnapshot);
        }
        send(2, 1, 0, "two b");
        restart(true);
        assertEquals(6, log.transactions().lastStableOffset());
        assertEquals(
                ErrorCode.OFFSET_OUT_OF_RANGE, failure(() -> log.transactions().readCommitted(8, 9)));
        assertEquals(List.of(), KeyedRows.texts(log.transactions().readCommitted(7, 9)));
        end(2, 2, true);
        assertEquals(List.of("one a", "plain", "one b", "two b"), committed());
        log.trimTo(7);
        restart(true);
        assertEquals(List.of(), committed());
        store.close();
    }

    @Test
    void refusesWhatIsLeftOfAnEndedTransaction() {
        assertEquals(Reason.OUT_OF_SEQUENCE, refusal(() -> send(1, 0, 3, "not the first")));
        send(1, 0, 0, "first");
        ProducerSequence outside = new ProducerSequence(1, (short) 0, 1);
        assertEquals(
                Reason.IN_TRANSACTION,
                refusal(() -> log.append(LogTester.row("outside").with(outside))));
        assertEquals(Reason.OLD_EPOCH, refusal(() -> end(1, 0, true)));
        long marker = end(1, 1, true);
        assertEquals(marker, end(1, 1, true));
        assertEquals(Reason.OLD_EPOCH, refusal(() -> send(1, 0, 1, "late")));
        assertEquals(Reason.OUT_OF_SEQUENCE, refusal(() -> send(1, 1, 1, "gap")));
        restart(true);
        assertEquals(Reason.OLD_EPOCH, refusal(() -> send(1, 0, 1, "late")));
        assertEquals(marker, end(1, 1, true));
        assertEquals(marker + 1, send(1, 1, 0, "next").join().baseOffset());
        assertEquals(Reason.OLD_EPOCH, refusal(() -> end(1, 1, true)));
        assertEquals(marker + 1, log.transactions().lastStableOffset());
        store.close();
    }

    @Test
    void takesAMarkerBackThatAFullDiskRefused() {
        send(1, 0, 0, "row");
        disk.faults().capacityBytes = 0;
        CompletableFuture<AppendResult> refused = log.transactions().end(1, (short) 1, true);
        store.commitPending();
        assertEquals(ErrorCode.DISK_FULL, failure(refused::join));
        assertEquals(0, log.transactions().lastStableOffset());
        disk.faults().capacityBytes = Long.MAX_VALUE;
        send(1, 0, 1, "goes on");
        end(1, 1, true);
        assertEquals(List.of("row", "goes on"), committed());
        store.close();
    }

    @Test
    void doesNotShowAMarkerBeforeItIsDurable() {
        send(1, 0, 0, "row");
        log.transactions().end(1, (short) 1, true);
        assertEquals(0, log.transactions().lastStableOffset());
        store.commitPending();
        assertEquals(2, log.transactions().lastStableOffset());
        store.close();
    }

    @Test
    void compactsOnlyWhatIsDecidedAndKeepsNoAbortedRowForTheNewest() {
        log.compact(new CompactionPolicy(KeyedRows.KEYS, 1_000_000_000L, Long.MAX_VALUE, 1 << 20));
        send(9, 0, 0, "kept=1");
        end(9, 1, true);
        send(1, 0, 0, "kept=aborted");
        for (int i = 0; i < 30; i++) {
            appendEach(store, log, List.of("other=" + i));
        }
        store.upkeep();
        assertTrue(readAll(log).contains("other=3"), "nothing goes above an open transaction");
        end(1, 1, false);
        for (int i = 0; i < 40; i++) {
            appendEach(store, log, List.of("other=" + i));
        }
        store.upkeep();
        for (int start = 0; start < 2; start++) {
            List<String> rows = committed();
            assertEquals("kept=1", rows.get(0));
            assertTrue(!rows.contains("kept=aborted") && !rows.contains("other=3"), rows::toString);
            restart(true);
        }
        store.close();
    }

    @Test
    void showsWholeTransactionsOnceOverCrashes() {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        long ended = 0;
        for (int life = 0; life < 150; life++) {
            TransactionSimulation simulation = new TransactionSimulation(seed + life);
            ended += simulation.run();
            assertEquals(List.of(), simulation.violations(), "seed " + (seed + life));
        }
        assertTrue(ended > 500, ended + " transactions ended");
    }

    @Test
    void findsTheMutantThatForgetsToForceFiles() {
        List<String> violations = new ArrayList<>();
        for (int life = 0; life < 40; life++) {
            TransactionSimulation mutant = new TransactionSimulation(life);
            mutant.forgetToForceFiles();
            mutant.run();
            violations.addAll(mutant.violations());
        }
        assertTrue(!violations.isEmpty());
    }
}
