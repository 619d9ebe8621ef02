package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.simulation.SteppingClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A partition that is written in transactions for ever does not grow for ever. */
class TransactionCompactionTest {
    private static final Path SNAPSHOT = Path.of("/data/log/2a/0/producers.snapshot");

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final SteppingClock clock = new SteppingClock();
    private LogStore store;
    private PartitionLog log;

    private void open() {
        store = LogStore.openWithoutThreads(files, Path.of("/data"), LogTester.SMALL, clock);
        log = store.partition(LogTester.ID).orElseGet(() -> store.create(LogTester.ID));
        log.compact(new CompactionPolicy(KeyedRows.KEYS, 0, TimeUnit.HOURS.toMicros(1), 1 << 20));
    }

    private void transaction(int number, boolean commits) {
        ProducerSequence sequence = new ProducerSequence(1, (short) number, 0, true);
        log.append(KeyedRows.request(List.of("key=" + number)).with(sequence));
        store.commitPending();
        log.transactions().end(1, (short) (number + 1), commits);
        store.commitPending();
    }

    private Map<FrameRole, Integer> frames() {
        Map<FrameRole, Integer> frames = new EnumMap<>(FrameRole.class);
        try (LogCursor cursor = log.readEverything(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                frames.merge(cursor.role(), 1, Integer::sum);
            }
        }
        return frames;
    }

    private void compactTwice() {
        for (int turn = 0; turn < 3; turn++) {
            clock.advance(TimeUnit.DAYS.toMicros(2));
            log.append(KeyedRows.request(List.of("other=" + turn)));
            store.commitPending();
            store.upkeep();
        }
    }

    @Test
    void dropsAbortedRowsAndMarkersThatNothingIsLeftOf() {
        open();
        for (int number = 0; number < 300; number++) {
            transaction(number, number % 3 == 0);
        }
        compactTwice();
        Map<FrameRole, Integer> frames = frames();
        assertTrue(frames.getOrDefault(FrameRole.ABORT, 0) < 30, frames::toString);
        assertTrue(frames.getOrDefault(FrameRole.COMMIT, 0) < 30, frames::toString);
        assertTrue(frames.getOrDefault(FrameRole.GAP, 0) < 60, frames::toString);
        assertTrue(KeyedRows.texts(log.transactions().readCommitted(0, Long.MAX_VALUE))
                .contains("key=297"));
        store.close();
        delete(SNAPSHOT);
        open();
        assertEquals(log.endOffset(), log.transactions().lastStableOffset(), "no transaction seems open");
        assertEquals(frames, frames());
        assertTrue(KeyedRows.texts(log.transactions().readCommitted(0, Long.MAX_VALUE))
                .contains("key=297"));
        store.close();
    }

    private void delete(Path file) {
        try {
            files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The snapshot is never forced: a power loss may bring back one from before the marker that is gone now. */
    @Test
    void takesNoTransactionOfAnOldSnapshotForOpen() throws IOException {
        for (boolean trims : new boolean[] {false, true}) {
            open();
            log.append(KeyedRows.request(List.of("key=0")).with(new ProducerSequence(1, (short) 0, 0, true)));
            store.commitPending();
            store.close();
            ByteBuffer old = new AtomicFile(files, SNAPSHOT).read();
            open();
            log.transactions().end(1, (short) 1, true);
            for (int number = 1; number < 60; number++) {
                transaction(number, true);
            }
            compactTwice();
            if (trims) {
                log.trimTo(log.endOffset() - 1);
            }
            store.close();
            new AtomicFile(files, SNAPSHOT).replace(old);
            open();
            assertEquals(log.endOffset(), log.transactions().lastStableOffset());
            store.drop(LogTester.ID);
            store.close();
        }
    }

    @Test
    void keepsMarkersAsLongAsTheirProducerIsKnown() {
        open();
        for (int number = 0; number < 100; number++) {
            transaction(number, true);
        }
        clock.advance(10);
        store.upkeep();
        assertEquals(100, frames().get(FrameRole.COMMIT));
        store.close();
    }
}
