package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.OverNode;

/**
 * Window functions. Keeps all rows of each partition in their order, and what was last said of each. At the end of a step the
 * rows that came and went are put in their places, the functions are computed again for the stretches of rows that they
 * may concern, and what has changed goes out. When the watermark has reached a partition's close time its state is dropped; if
 * the order is that of time, rows go that the watermark has passed and that no later row needs.
 */
public final class OverOperator implements Operator {
    private final OverState state;
    private final Runnable cancellationCheck;

    public OverOperator(OverNode node, OperatorContext context) {
        this.state = new OverState(node, context);
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(batch);
    }

    @Override
    public void onStepEnd(Output output) {
        state.endStep(output);
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        state.closeUpTo(watermark);
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
