package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;

/** All rows of all inputs. */
public final class UnionOperator implements Operator {
    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        output.emit(batch);
    }
}
