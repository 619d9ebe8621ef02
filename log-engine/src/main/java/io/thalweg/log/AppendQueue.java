package io.thalweg.log;

import io.thalweg.log.frame.FrameDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The door of a partition: gives each append its offsets in the order of arrival and holds it until the commit thread
 * takes it. Offsets of appends that failed are given out again, since everything behind them fails too. Thread-safe;
 * all state is guarded by this.
 */
final class AppendQueue {
    private long nextOffset;
    private long maxEventTime;
    private long appendedAtMicros;
    private List<PendingAppend> pending = new ArrayList<>();
    private @Nullable Refusal refusal;

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

    /** Seals a draft with the next offsets. Throws when the partition takes no appends. */
    synchronized CompletableFuture<AppendResult> add(
            FrameDraft draft, AppendRequest request, long durableUpTo, long nowMicros) {
        if (refusal != null) {
            throw refusal.exception();
        }
        appendedAtMicros = Math.max(appendedAtMicros, nowMicros);
        byte[] frame = draft.seal(nextOffset, maxEventTime, durableUpTo, appendedAtMicros);
        AppendResult place = new AppendResult(nextOffset, request.rowCount(), 0);
        nextOffset += request.rowCount();
        maxEventTime = Math.max(maxEventTime, request.maxEventTime());
        CompletableFuture<AppendResult> result = new CompletableFuture<>();
        pending.add(new PendingAppend(frame, place, maxEventTime, request.durability() == Durability.SYNC, result));
        if (pending.size() == 1) {
            whenFirst.run();
        }
        return result;
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
        return drain();
    }

    /** Takes no more appends; those that wait stay. The first reason stands, unless the new one is final. */
    synchronized void refuse(Refusal reason, boolean isFinal) {
        if (refusal == null || isFinal) {
            refusal = reason;
        }
    }

    /** Why appends are refused, if they are. */
    synchronized Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
