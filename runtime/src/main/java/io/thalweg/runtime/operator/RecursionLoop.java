package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;

/** What follows from the rows of a recursion, as the recursion sees it: a part of the pipeline that ends in its second input. */
public interface RecursionLoop {
    /** Changes the rows from which is asked what follows. */
    void feed(DeltaBatch rows);

    /** Brings what follows up to date with all that was fed and all that came from outside; changes reach the recursion. */
    void endRound();

    /** Whether rows have come from outside or were fed since the last end of a round. */
    boolean isTouched();

    /** Whether every row that follows comes and goes by itself, and none is held back because another takes its place. */
    boolean isStreaming();
}
