package io.thalweg.log;

import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.producer.OpenTransaction;
import io.thalweg.log.producer.ProducerBatch;
import io.thalweg.log.producer.ProducerTable;
import io.thalweg.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The door of a partition: gives each append its offsets in the order of arrival, or the ones it had when it is a retry,
 * and holds it until the commit thread takes it. Offsets of appends that failed are given out again, since everything behind them fails too. Thread-safe;
 * all state is guarded by this.
 */
final class AppendQueue {
    private long nextOffset;
    private long maxEventTime;
    private long appendedAtMicros;
    private long appendedBytes;
    private List<PendingAppend> pending = new ArrayList<>();
    private @Nullable Refusal refusal;
    /** Absent until the first idempotent producer appears. */
    private @Nullable ProducerTable producers;

    private final Runnable whenFirst;

    /**
     * @param appendedAtMicros no later append has an earlier append time, even if the clock is set back
     * @param whenFirst called, under the lock, when an append starts to wait where none waited
     */
    AppendQueue(long nextOffset, long maxEventTime, long appendedAtMicros, Runnable whenFirst) {
        this.appendedAtMicros = appendedAtMicros;
        this.whenFirst = whenFirst;
        this.nextOffset = nextOffset;
        this.maxEventTime = maxEventTime;
    }

    /**
     * Seals a draft with the next offsets, or finds that it was appended before: then it waits in the order all the
     * same, to be answered with the original place. Throws when the partition takes no appends, or not this one.
     *
     * @param budgetBytes what it takes of the memory for waiting appends
     */
    synchronized CompletableFuture<AppendResult> add(
            FrameDraft draft, int budgetBytes, AppendRequest request, long durableUpTo, long nowMicros) {
        requireOpen();
        ProducerSequence producer = request.producer();
        if (producer.isKnown()) {
            Optional<ProducerBatch> original = table().check(producer, request.rowCount());
            if (original.isPresent()) {
                return enqueue(new byte[0], budgetBytes, original.get().baseOffset(), request);
            }
        }
        appendedAtMicros = Math.max(appendedAtMicros, nowMicros);
        byte[] frame = draft.seal(nextOffset, maxEventTime, durableUpTo, appendedAtMicros);
        long baseOffset = nextOffset;
        nextOffset += request.rowCount();
        maxEventTime = Math.max(maxEventTime, request.maxEventTime());
        if (producer.isKnown()) {
            ProducerBatch batch = new ProducerBatch(
                    producer.epoch(), producer.sequence(), request.rowCount(), baseOffset, appendedAtMicros);
            table().add(producer.producerId(), batch, durableUpTo);
            if (producer.transactional()) {
                table().transactions().append(producer.producerId(), baseOffset, appendedAtMicros);
            }
        }
        return enqueue(frame, budgetBytes, baseOffset, request);
    }

    /** Seals a marker with the next offset, or finds that it was written before. Throws as {@link #add}. */
    synchronized CompletableFuture<AppendResult> addMarker(
            FrameDraft draft, ProducerSequence marker, boolean aborts, long durableUpTo, long nowMicros) {
        requireOpen();
        Optional<ProducerBatch> original = table().checkMarker(marker, aborts);
        if (original.isPresent()) {
            AppendResult place = new AppendResult(original.get().baseOffset(), 1, 0);
            return enqueue(new byte[0], draft.lengthBytes(), place, true);
        }
        appendedAtMicros = Math.max(appendedAtMicros, nowMicros);
        byte[] frame = draft.seal(nextOffset, maxEventTime, durableUpTo, appendedAtMicros);
        AppendResult place = new AppendResult(nextOffset, 1, 0);
        nextOffset++;
        ProducerBatch batch = ProducerBatch.marker(marker.epoch(), place.baseOffset(), appendedAtMicros);
        table().add(marker.producerId(), batch, durableUpTo);
        table().transactions().end(marker.producerId(), place.baseOffset(), aborts, durableUpTo);
        return enqueue(frame, frame.length, place, true);
    }

    /** Throws when the partition takes no appends. */
    synchronized void requireOpen() {
        if (refusal != null) {
            throw refusal.exception();
        }
    }

    /** Does something while nothing comes in and nobody closes the door. */
    synchronized void holding(Runnable action) {
        action.run();
    }

    /** The first offset below a visible end that belongs to a transaction without a visible marker, or that end. */
    synchronized long lastStable(long visibleEnd) {
        return table().transactions().lastStable(visibleEnd);
    }

    /** The transactions without a marker. */
    synchronized List<OpenTransaction> openTransactions() {
        return table().openTransactions();
    }

    /** The aborted transactions that may have rows in an interval below the last stable offset. */
    synchronized AbortedRows aborted(long fromOffset, long toOffset) {
        return new AbortedRows(table().transactions().aborted(fromOffset, toOffset));
    }

    private CompletableFuture<AppendResult> enqueue(
            byte[] frame, int budgetBytes, long baseOffset, AppendRequest request) {
        AppendResult place = new AppendResult(baseOffset, request.rowCount(), 0);
        return enqueue(frame, budgetBytes, place, request.durability() == Durability.SYNC);
    }

    private CompletableFuture<AppendResult> enqueue(byte[] frame, int budgetBytes, AppendResult place, boolean sync) {
        CompletableFuture<AppendResult> result = new CompletableFuture<>();
        appendedBytes += frame.length;
        pending.add(new PendingAppend(frame, budgetBytes, place, maxEventTime, sync, result));
        if (pending.size() == 1) {
            whenFirst.run();
        }
        return result;
    }

    private ProducerTable table() {
        ProducerTable loaded = producers;
        if (loaded == null) {
            throw new IllegalStateException("the producers of the partition are not loaded");
        }
        return loaded;
    }

    /** Compares the appends of idempotent producers with this table from now on; none came before. */
    synchronized void remember(ProducerTable table) {
        producers = table;
    }

    /** A copy of what is remembered of appends below an offset, after those silent for long were forgotten. */
    synchronized Optional<ProducerTable> rememberedBelow(long offset, long expiredBeforeMicros, long startOffset) {
        if (producers != null) {
            producers.transactions().trimTo(startOffset);
            producers.expire(expiredBeforeMicros);
        }
        return Optional.ofNullable(producers).map(table -> table.copyBelow(offset));
    }

    /** Takes all that wait, in order. */
    synchronized List<PendingAppend> drain() {
        List<PendingAppend> drained = pending;
        pending = new ArrayList<>();
        return drained;
    }

    /** Goes back to an earlier end of the log; returns the appends that had been promised a place behind it. */
    synchronized List<PendingAppend> resetTo(long offset, long maxEventTimeBefore) {
        nextOffset = offset;
        maxEventTime = maxEventTimeBefore;
        if (producers != null) {
            producers.truncate(offset);
        }
        return drain();
    }

    /**
     * Takes no more appends; those that wait stay. The first reason stands, unless the new one is final, or the first is
     * only that others have replaced the partition.
     */
    synchronized void refuse(Refusal reason, boolean isFinal) {
        if (refusal == null || isFinal || refusal.code() == ErrorCode.PARTITION_CLOSED) {
            refusal = reason;
        }
    }

    /** Takes appends again, if they are refused for this reason. */
    synchronized void reopen(Refusal reason) {
        if (reason.equals(refusal)) {
            refusal = null;
        }
    }

    /** The offset after the last append that has its place. */
    synchronized long nextOffset() {
        return nextOffset;
    }

    /** The bytes of all frames that were given a place. */
    synchronized long appendedBytes() {
        return appendedBytes;
    }

    /** Why appends are refused, if they are. */
    synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
