package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.runtime.state.RowIndex;

/**
 * When the rows of one side of a join are of no use any more. Times are rounded up, so that rows are forgotten in crowds.
 */
final class RowRelease {
    /** A power of two: some 65 milliseconds. */
    private static final long GRAIN_MICROS = 1L << 16;

    private final CloseTime closeTime;
    private long watermark = Long.MIN_VALUE;
    private int[] chosen = {};

    RowRelease(CloseTime closeTime) {
        this.closeTime = closeTime;
    }

    /** The time of a row; of one that has none, which has no partners either, the lowest. */
    private long closeAt(LongColumn times, int row) {
        if (times.isNull(row)) {
            return Long.MIN_VALUE;
        }
        return rounded(CloseTimes.closeAt(times.value(row), closeTime));
    }

    /** The next time that is a full grain. */
    static long rounded(long close) {
        return close > Long.MAX_VALUE - GRAIN_MICROS ? Long.MAX_VALUE : close + GRAIN_MICROS - 1 & -GRAIN_MICROS;
    }

    /** The rows of a batch that are of use, or those that are not. */
    DeltaBatch select(DeltaBatch batch, boolean useful) {
        int rows = batch.rowCount();
        if (chosen.length < rows) {
            chosen = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        LongColumn times = batch.longColumn(closeTime.column());
        int count = 0;
        for (int row = 0; row < rows; row++) {
            chosen[count] = row;
            count += closeAt(times, row) > watermark == useful ? 1 : 0;
        }
        return count == rows ? batch : batch.select(chosen, count);
    }

    /** Tells an index when to forget the rows that it has located and added last. */
    void watch(RowIndex index, DeltaBatch located) {
        LongColumn times = located.longColumn(closeTime.column());
        for (int row = 0; row < located.rowCount(); row++) {
            if (index.isAdded(row)) {
                index.closeAt(index.located(row), closeAt(times, row));
            }
        }
    }

    void advanceTo(long newWatermark) {
        watermark = newWatermark;
    }
}
