package io.thalweg.runtime.match;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.OperatorContext;
import io.thalweg.runtime.operator.Output;

/**
 * MATCH_RECOGNIZE. Keeps the rows of each partition in their order. At the end of a step the partitions it has touched are
 * matched again, from the last attempt on that did not look at a row which has changed, and what differs goes out. So rows that come
 * in order cost no more than the attempts they take part in. Where the watermark makes attempts final, their rows are forgotten; if
 * only final matches are wanted, they come out then.
 */
public final class MatchOperator implements Operator {
    private final MatchState state;
    private final Runnable cancellationCheck;

    public MatchOperator(MatchNode node, OperatorContext context) {
        this.state = new MatchState(node, context);
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
        state.settle(watermark, output);
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
