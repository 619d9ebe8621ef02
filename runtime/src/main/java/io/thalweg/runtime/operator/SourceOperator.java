package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;

/** The place where rows from outside enter: a scan or the parameters of a statement. */
public final class SourceOperator implements Operator {
    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        output.emit(batch);
    }
}
