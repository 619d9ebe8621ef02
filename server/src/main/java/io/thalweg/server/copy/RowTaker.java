package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatch;

/** Takes the rows of a file into their relation. */
@FunctionalInterface
public interface RowTaker {
    /** Returns once the rows are durable. */
    void take(DeltaBatch rows);
}
