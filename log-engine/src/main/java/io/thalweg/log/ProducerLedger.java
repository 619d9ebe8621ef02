package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.ProducerBatch;
import io.thalweg.log.producer.ProducerSnapshot;
import io.thalweg.log.producer.ProducerTable;
import io.thalweg.log.producer.TransactionTable;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gets the producer table of a partition from its snapshot and the frames above it when the first idempotent producer
 * appears, and writes the snapshot from time to time. Thread-safe.
 */
final class ProducerLedger {
    private final PartitionLog log;
    private final AppendQueue queue;
    private final ProducerSnapshot snapshot;
    private final long recoveredEnd;
    private final ReentrantLock lock = new ReentrantLock();
    /** Set once under the lock; volatile because every idempotent append looks. */
    private volatile boolean loaded;
    /** Guarded by the lock. */
    private long savedUpTo;
    /** Guarded by the lock. */
    private boolean closed;

    /**
     * @param recoveredEnd no frame at or above it has a producer before the table is loaded
     */
    ProducerLedger(PartitionLog log, AppendQueue queue, ProducerSnapshot snapshot, long recoveredEnd) {
        this.log = log;
        this.queue = queue;
        this.snapshot = snapshot;
        this.recoveredEnd = recoveredEnd;
    }

    /** Whether a producer has appeared since the store was opened, so that {@link #load} costs nothing. */
    boolean isLoaded() {
        return loaded;
    }

    /** Gives the queue the table, unless it has it. */
    void load() {
        if (!loaded) {
            loadOnce();
        }
    }

    private void loadOnce() {
        lock.lock();
        try {
            loadLocked();
        } finally {
            lock.unlock();
        }
    }

    private void loadLocked() {
        while (!loaded) {
            try {
                ProducerSnapshot.State state = snapshot.read()
                        .filter(found -> found.offset() <= recoveredEnd)
                        .orElseGet(() -> new ProducerSnapshot.State(new ProducerTable(), 0));
                TransactionTable transactions = state.table().transactions();
                if (state.offset() < log.startOffset()) {
                    transactions.forgetBegunBelow(log.startOffset());
                }
                replay(state.table(), state.offset());
                transactions.retainOpen(this::hasRows);
                queue.remember(state.table());
                savedUpTo = state.offset();
                loaded = true;
            } catch (IOException e) {
                throw log.readFailure(e);
            } catch (ThalwegException e) {
                // The start may have moved while the frames were read; it only moves up, so this comes to an end.
                if (e.code() != ErrorCode.OFFSET_OUT_OF_RANGE) {
                    throw e;
                }
            }
        }
    }

    /**
     * Whether there are rows at an offset where a transaction is said to be open. Compaction leaves such rows alone: when
     * they are gone the transaction has ended, and its marker may be gone too.
     */
    private boolean hasRows(long offset) {
        if (offset < log.startOffset()) {
            return true;
        }
        try (FrameCursor cursor = log.frames(offset, offset + 1)) {
            return cursor.next() && cursor.frame().hasRows();
        }
    }

    private void replay(ProducerTable table, long offset) {
        long from = Math.max(offset, log.startOffset());
        if (from >= recoveredEnd) {
            return;
        }
        try (FrameCursor cursor = log.frames(from, recoveredEnd)) {
            while (cursor.next()) {
                if (cursor.producer().isKnown() && cursor.baseOffset() >= offset) {
                    replay(table, cursor.frame());
                }
            }
        }
    }

    private void replay(ProducerTable table, Frame frame) {
        ProducerSequence producer = frame.producer();
        if (frame.isMarker()) {
            boolean aborts = frame.payloadKind() == FrameFormat.ABORT;
            table.transactions().end(producer.producerId(), frame.baseOffset(), aborts, recoveredEnd);
            ProducerBatch marker = ProducerBatch.marker(producer.epoch(), frame.baseOffset(), frame.appendedAtMicros());
            table.add(producer.producerId(), marker, recoveredEnd);
            return;
        }
        if (producer.transactional()) {
            table.transactions().append(producer.producerId(), frame.baseOffset(), frame.appendedAtMicros());
        }
        ProducerBatch batch = new ProducerBatch(
                producer.epoch(), producer.sequence(), frame.rowCount(), frame.baseOffset(), frame.appendedAtMicros());
        table.add(producer.producerId(), batch, recoveredEnd);
    }

    /** Forgets producers that have been silent for long, and writes the snapshot if there is anything new. */
    void save(long durableUpTo, long expiredBeforeMicros) {
        // Who comes here must not wait for somebody who loads.
        if (!loaded || !lock.tryLock()) {
            return;
        }
        try {
            if (!closed && durableUpTo != savedUpTo) {
                saveLocked(durableUpTo, expiredBeforeMicros);
            }
        } finally {
            lock.unlock();
        }
    }

    private void saveLocked(long durableUpTo, long expiredBeforeMicros) {
        Optional<ProducerTable> table = queue.rememberedBelow(durableUpTo, expiredBeforeMicros, log.startOffset());
        try {
            snapshot.write(table.orElseThrow(), durableUpTo);
            savedUpTo = durableUpTo;
        } catch (IOException e) {
            // The older snapshot, or none, does as well: more frames are read then.
        }
    }

    /** Leaves the file alone from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
