package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateNode;

/**
 * Groups rows and folds each group; keeps one record a group, not the rows. What changed is emitted once, at the end of a
 * step: for each group its old row and, next to it in the same batch, its new one; nothing if they are equal. A group without
 * rows is gone, but for the only group of an aggregation without group columns. When the watermark has reached a
 * group's close time its state is dropped, and rows that would still change it are ignored.
 */
public final class AggregateOperator implements Operator {
    private final AggregateState state;
    private final Runnable cancellationCheck;

    /**
     * @param appendOnly whether no input row is ever deleted
     */
    public AggregateOperator(AggregateNode node, boolean appendOnly, OperatorContext context) {
        this.state = new AggregateState(node, appendOnly, context.account());
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.fold(batch);
    }

    @Override
    public void onStepEnd(Output output) {
        state.beginChanges();
        while (state.hasMoreChanges()) {
            cancellationCheck.run();
            output.emit(state.nextChanges());
        }
        state.endChanges();
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        // Without event times in the input nothing ever closes.
        if (watermark != Long.MAX_VALUE) {
            state.closeUpTo(watermark);
        }
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
