package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;

/** Where an operator's rows go. May block; batches without rows are passed on as nothing. */
@FunctionalInterface
public interface Output {
    void emit(DeltaBatch batch);
}
