package io.thalweg.log;

import io.thalweg.log.frame.FrameContent;
import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.OpenTransaction;
import io.thalweg.log.producer.TransactionTable;
import io.thalweg.model.error.ThalwegException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The transactions of idempotent producers in one partition: they are ended by markers, and readers of committed rows see
 * nothing of those that are open or were aborted. Thread-safe.
 */
public final class PartitionTransactions {
    private final PartitionLog log;
    private final AppendQueue queue;
    private final ProducerLedger producers;
    private final LeaderEpochs epochs;
    private final SegmentSet segments;

    PartitionTransactions(
            PartitionLog log, AppendQueue queue, ProducerLedger producers, LeaderEpochs epochs, SegmentSet segments) {
        this.log = log;
        this.queue = queue;
        this.producers = producers;
        this.epochs = epochs;
        this.segments = segments;
    }

    /**
     * Ends the transaction of a producer with a marker; returns like {@link PartitionLog#append}, and completes when the
     * marker is on disk. The marker carries the epoch after the one the transaction was written with, and whatever still comes
     * with the older one is refused. Repeating the call does no harm.
     *
     * @param epoch the epoch that the producer goes on with, from sequence 0
     * @throws ThalwegException as {@link PartitionLog#append}
     */
    public CompletableFuture<AppendResult> end(long producerId, short epoch, boolean commits) {
        producers.load();
        epochs.recordForMarker();
        ProducerSequence marker = new ProducerSequence(producerId, epoch, 0);
        return log.place(FrameFormat.frameBytes(0), () -> {
            FrameDraft draft = new FrameDraft(log.metadata().owner(), FrameContent.marker(!commits, marker));
            return queue.addMarker(
                    draft,
                    marker,
                    !commits,
                    log.durablePoint().offset(),
                    log.clock().epochMicros());
        });
    }

    /** The first visible offset that belongs to an open transaction, or the visible end: below it all is decided. */
    public long lastStableOffset() {
        producers.load();
        return Math.max(log.startOffset(), queue.lastStable(log.endOffset()));
    }

    /** The last stable offset if it is known without reading the log for it; for display. */
    public OptionalLong knownLastStableOffset() {
        return producers.isLoaded() ? OptionalLong.of(lastStableOffset()) : OptionalLong.empty();
    }

    /**
     * Reads like {@link PartitionLog#read}, but only up to the last stable offset at this moment, and without the rows of
     * aborted transactions.
     */
    public LogCursor readCommitted(long fromOffset, long toOffset) {
        long stable = lastStableOffset();
        log.requireStarted(fromOffset);
        if (fromOffset >= stable && fromOffset <= log.endOffset()) {
            return new FrameCursor(log, segments, fromOffset, fromOffset, Optional.empty());
        }
        if (toOffset > stable && stable < log.endOffset()) {
            return log.read(fromOffset, stable, abortedRows(fromOffset, stable));
        }
        return log.read(fromOffset, toOffset, abortedRows(fromOffset, stable));
    }

    /** The transactions that have no marker yet, the oldest first. */
    public List<OpenTransaction> open() {
        producers.load();
        return queue.openTransactions();
    }

    /** The aborted transactions that may have rows in an interval, with their first offsets and those of the markers. */
    public List<TransactionTable.Ended> aborted(long fromOffset, long toOffset) {
        return abortedRows(fromOffset, toOffset).transactions();
    }

    /** The same, to look rows up. */
    AbortedRows abortedRows(long fromOffset, long toOffset) {
        producers.load();
        return queue.aborted(fromOffset, toOffset);
    }
}
