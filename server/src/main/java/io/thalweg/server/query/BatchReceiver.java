package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;

/** Takes batches until it has enough. */
@FunctionalInterface
interface BatchReceiver {
    /** Takes a batch; false if no more are wanted. */
    boolean accept(DeltaBatch batch);
}
