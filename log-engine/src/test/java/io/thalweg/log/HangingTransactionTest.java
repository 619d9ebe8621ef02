package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.OpenTransaction;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A transaction that nobody ends is aborted, and stays so. */
class HangingTransactionTest {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(15);

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final SteppingClock clock = new SteppingClock();

    private LogStore open() {
        return LogStore.openWithoutThreads(files, Path.of("/data"), LogTester.SMALL, clock);
    }

    private static void append(LogStore store, PartitionLog log, long producer, int sequence) {
        log.append(LogTester.row("row").with(new ProducerSequence(producer, (short) 3, sequence, true)));
        store.commitPending();
    }

    private static List<Long> producers(PartitionLog log) {
        return log.transactions().open().stream()
                .map(OpenTransaction::producerId)
                .toList();
    }

    @Test
    void abortsWhatIsOpenForTooLong() {
        LogStore store = open();
        PartitionLog log = store.create(LogTester.ID);
        log.append(LogTester.row("first").with(new ProducerSequence(1, (short) 3, 0)));
        append(store, log, 2, 0);
        clock.advance(LONGEST - TimeUnit.MINUTES.toMicros(1));
        append(store, log, 3, 0);
        append(store, log, 2, 1);
        assertEquals(List.of(2L, 3L), producers(log));
        store.close();

        // When it began is known after a restart too, from the snapshot or from the rows.
        store = open();
        log = store.partition(LogTester.ID).orElseThrow();
        log.abortTransactionsAfter(LONGEST);
        store.upkeep();
        store.commitPending();
        assertEquals(List.of(2L, 3L), producers(log));
        clock.advance(TimeUnit.MINUTES.toMicros(2));
        store.upkeep();
        store.commitPending();
        assertEquals(List.of(3L), producers(log));
        assertEquals(2, log.transactions().lastStableOffset());
        assertEquals(1, log.transactions().aborted(0, 9).size());
        store.close();
    }

    @Test
    void refusesToCommitWhatWasAborted() {
        LogStore store = open();
        PartitionLog log = store.create(LogTester.ID);
        append(store, log, 2, 0);
        log.abortTransactionsAfter(LONGEST);
        clock.advance(LONGEST + 10);
        store.upkeep();
        store.commitPending();
        assertEquals(
                ErrorCode.PRODUCER_FENCED,
                LogTester.failure(() -> log.transactions().end(2, (short) 4, true)));
        log.transactions().end(2, (short) 4, false);
        store.commitPending();
        assertEquals(2, log.endOffset());
        store.close();
    }
}
