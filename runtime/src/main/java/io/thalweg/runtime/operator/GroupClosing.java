package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.MemoryAccount;

/** Which groups of rows the watermark has closed, and when it closes the others. One owner thread. */
final class GroupClosing {
    /** No group. */
    static final int NONE = 0;

    private final CloseTime closeTime;
    private final int inputColumn;
    private final CloseQueue queue;
    private final int[] polled = new int[1];
    private long watermark = Long.MIN_VALUE;

    /** @param inputColumn the column of the input with the time that the close time is said of */
    GroupClosing(CloseTime closeTime, int inputColumn, MemoryAccount account) {
        this.closeTime = closeTime;
        this.inputColumn = inputColumn;
        this.queue = new CloseQueue(account);
    }

    /** Queues a new group by the row that brought it; false if it is closed already. A NULL time never closes. */
    boolean add(int group, DeltaBatch batch, int row) {
        LongColumn times = batch.longColumn(inputColumn);
        if (times.isNull(row)) {
            return true;
        }
        long close = CloseTimes.closeAt(times.value(row), closeTime);
        if (close <= watermark) {
            return false;
        }
        queue.add(group, close);
        return true;
    }

    /** Whether the group of a row is closed. */
    boolean isClosed(DeltaBatch batch, int row) {
        LongColumn times = batch.longColumn(inputColumn);
        return !times.isNull(row) && CloseTimes.closeAt(times.value(row), closeTime) <= watermark;
    }

    /** Forgets a group that is gone. */
    void remove(int group) {
        queue.remove(group);
    }

    void advanceTo(long newWatermark) {
        watermark = newWatermark;
    }

    /** Takes out a group that is closed; {@link #NONE} when there are no more. */
    int poll() {
        return queue.poll(watermark, polled) == 0 ? NONE : polled[0];
    }
}
