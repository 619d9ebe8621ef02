package io.thalweg.log;

import java.util.concurrent.CompletableFuture;

/**
 * A frame that has its place in the log and waits for the disk; or, with no bytes, the repetition of one that is in the
 * log or waits before it. Immutable but for the future.
 *
 * @param budgetBytes what it takes of the memory for waiting appends
 */
record PendingAppend(
        byte[] frame,
        int budgetBytes,
        AppendResult place,
        long maxEventTimeAfter,
        boolean sync,
        CompletableFuture<AppendResult> result) {
    boolean repeats() {
        return frame.length == 0;
    }

    void acknowledge(long nowNanos) {
        result.complete(new AppendResult(place.baseOffset(), place.rowCount(), nowNanos));
    }
}
