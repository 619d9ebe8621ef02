package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SessionNode;

/**
 * Puts rows into sessions. A row may lengthen a session or join two, and one that is deleted may split one; then all rows of
 * it come out again with the new bounds, once at the end of the step. Rows of a session that the watermark has closed are
 * forgotten, and what would still change it is ignored.
 */
public final class SessionOperator implements Operator {
    private final SessionState state;
    private final Runnable cancellationCheck;

    public SessionOperator(SessionNode node, OperatorContext context) {
        this.state = new SessionState(node, context.account());
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        state.add(batch);
    }

    @Override
    public void onStepEnd(Output output) {
        state.endStep(output, cancellationCheck);
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        // Without event times in the input nothing ever closes.
        if (watermark != Long.MAX_VALUE) {
            state.closeUpTo(watermark, cancellationCheck);
        }
    }

    @Override
    public long stateRows() {
        return state.size();
    }
}
