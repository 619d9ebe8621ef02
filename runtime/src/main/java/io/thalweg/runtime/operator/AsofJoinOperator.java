package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AsofJoinNode;

/**
 * Joins each left row with the right row that is nearest to it. What a step brings waits until its end; then, for each key
 * that it has touched, those left rows are looked at again that have changed or that lie between a changed right row and its
 * neighbour.
 */
public final class AsofJoinOperator implements Operator {
    private final Runnable cancellationCheck;
    private final AsofState state;

    public AsofJoinOperator(AsofJoinNode node, OperatorContext context) {
        this.cancellationCheck = context.cancellationCheck();
        this.state = new AsofState(node, context.account());
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(port, batch, output);
    }

    @Override
    public void onStepEnd(Output output) {
        state.endStep(output, cancellationCheck);
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
