package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SortNode;
import java.util.OptionalLong;

/**
 * Orders the rows of a snapshot and keeps a range of them: collects, and emits in order at the end of the first step. A row
 * of weight 3 stands for three rows that follow each other. If only the first few rows are wanted and none is ever taken
 * out again, little more than those few are kept.
 */
public final class SortOperator implements Operator {
    private final SortState state;
    private final Runnable cancellationCheck;

    /**
     * @param appendOnly whether no input row is ever deleted
     */
    public SortOperator(SortNode node, boolean appendOnly, OperatorContext context) {
        OptionalLong wanted = OptionalLong.empty();
        if (node.limit().isPresent()) {
            long sum = node.offset() + node.limit().getAsLong();
            wanted = sum >= 0 ? OptionalLong.of(sum) : wanted;
        }
        this.state = new SortState(node, wanted, appendOnly, context.account());
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(batch);
    }

    @Override
    public void onStepEnd(Output output) {
        state.beginResult();
        while (state.hasMoreResult()) {
            cancellationCheck.run();
            output.emit(state.nextResult());
        }
        state.clear();
    }

    @Override
    public boolean isSatisfied() {
        return state.isSatisfied();
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
