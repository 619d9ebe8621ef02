package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.TopNNode;

/**
 * Keeps the rows of each partition whose rank is in a range. Partitions that a step has touched are looked through at its end,
 * from the first row to the last one wanted, and what has changed goes out. Of an input whose rows are never deleted only
 * the wanted rows are kept, and a row behind the last of them costs one comparison. When the watermark has reached a
 * partition's close time its state is dropped.
 */
public final class TopNOperator implements Operator {
    private final TopNState state;
    private final Runnable cancellationCheck;

    /** @param appendOnly whether no input row is ever deleted */
    public TopNOperator(TopNNode node, boolean appendOnly, OperatorContext context) {
        this.state = new TopNState(node, appendOnly, context);
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
