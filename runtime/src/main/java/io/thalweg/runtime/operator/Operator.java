package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;

/**
 * Computes one relation from others, incrementally. An operator object is a description and does not change; what it
 * remembers is in a separate state object, which nobody else touches.
 *
 * <p>One thread calls, step after step. Within a step: {@link #onDelta} any number of times and in any order of ports, then,
 * when every operator that feeds this one has finished the step, {@link #onStepEnd} once and {@link #onWatermark} once.
 * Rows may be emitted from any of the three. The sum of all rows emitted up to the end of a step depends only on the sum
 * of all rows received up to then and on the watermarks: not on batches, order, or where steps were cut.
 *
 * <p>An operator never writes to a batch it was given, and what it emits is no longer its own.
 */
public interface Operator {
    /** Rows of an input have changed. */
    default void onDelta(int port, DeltaBatch batch, Output output) {}

    /** An input will never change again. Called for the inputs of a snapshot at most; an operator may save state by it. */
    default void onInputEnd(int port) {}

    /** All inputs of the step have been seen. */
    default void onStepEnd(Output output) {}

    /**
     * No row with an earlier time will come.
     *
     * @param watermark not below the last one; {@link Long#MIN_VALUE} as long as there is none, {@link Long#MAX_VALUE} if
     *     no input has event times
     */
    default void onWatermark(long watermark, Output output) {}

    /** Whether nothing that may still come in this step can change what will be emitted: a LIMIT has been reached. */
    default boolean isSatisfied() {
        return false;
    }

    /** How many rows or groups are remembered. */
    default long stateRows() {
        return 0;
    }
}
