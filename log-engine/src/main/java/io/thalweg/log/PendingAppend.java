package io.thalweg.log;

import java.util.concurrent.CompletableFuture;

/** A frame that has its place in the log and waits for the disk. Immutable but for the future. */
record PendingAppend(
        byte[] frame,
        AppendResult place,
        long maxEventTimeAfter,
        boolean sync,
        CompletableFuture<AppendResult> result) {
    void acknowledge(long nowNanos) {
        result.complete(new AppendResult(place.baseOffset(), place.rowCount(), nowNanos));
    }
}
