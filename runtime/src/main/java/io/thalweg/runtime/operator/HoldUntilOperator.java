package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RowMultiset;

/**
 * Holds each row back until the watermark has reached its close time, then lets it out, once. Changes of rows that are out
 * are ignored, and so are rows without a close time, which will never be final.
 */
public final class HoldUntilOperator implements Operator {
    private final CloseTime closeTime;
    private final Runnable cancellationCheck;
    private final State state;

    /** The rows that are not out yet, and when each will be. */
    private static final class State {
        private final RowMultiset rows;
        private final CloseQueue queue;
        private long watermark = Long.MIN_VALUE;

        private State(HoldUntilNode node, MemoryAccount account) {
            this.rows = new RowMultiset(node.type(), account);
            this.queue = new CloseQueue(account);
        }
    }

    public HoldUntilOperator(HoldUntilNode node, OperatorContext context) {
        this.closeTime = node.closeTime();
        this.cancellationCheck = context.cancellationCheck();
        this.state = new State(node, context.account());
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        DeltaBatch open = openRows(batch);
        LongColumn times = open.longColumn(closeTime.column());
        state.rows.add(open);
        int[] ids = state.rows.ids();
        for (int i = 0; i < state.rows.createdCount(); i++) {
            int row = state.rows.createdRow(i);
            state.queue.add(ids[row], CloseTimes.closeAt(times.value(row), closeTime));
        }
        for (int i = 0; i < state.rows.vanishedCount(); i++) {
            state.queue.remove(state.rows.vanished(i));
        }
    }

    private DeltaBatch openRows(DeltaBatch batch) {
        LongColumn times = batch.longColumn(closeTime.column());
        int[] open = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            open[count] = row;
            boolean isOpen = !times.isNull(row) && CloseTimes.closeAt(times.value(row), closeTime) > state.watermark;
            count += isOpen ? 1 : 0;
        }
        return count == batch.rowCount() ? batch : batch.select(open, count);
    }

    @Override
    public void onWatermark(long watermark, Output output) {
        state.watermark = watermark;
        int[] ids = new int[Math.min(DeltaBatch.TARGET_ROWS, Math.max(1, state.rows.distinctRows()))];
        for (int count = state.queue.poll(watermark, ids); count > 0; count = state.queue.poll(watermark, ids)) {
            cancellationCheck.run();
            output.emit(state.rows.take(ids, count));
        }
    }

    @Override
    public long stateRows() {
        return state.rows.distinctRows();
    }
}
