package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.state.KeyTable;
import java.util.Arrays;

/** Rows with the bounds of their sessions, on the way out of one step. */
final class SessionOutput {
    private final KeyTable rows;
    private final Output output;
    private final Runnable cancellationCheck;
    private final int[] ids = new int[DeltaBatch.TARGET_ROWS];
    private int[] weights = new int[DeltaBatch.TARGET_ROWS];
    private long[] starts = new long[DeltaBatch.TARGET_ROWS];
    private long[] ends = new long[DeltaBatch.TARGET_ROWS];
    private int count;

    /** @param rows where the columns of the rows are found */
    SessionOutput(KeyTable rows, Output output, Runnable cancellationCheck) {
        this.rows = rows;
        this.output = output;
        this.cancellationCheck = cancellationCheck;
    }

    /** Makes the next two rows come out in one batch. */
    void beginPair() {
        if (count + 2 > ids.length) {
            flush();
        }
    }

    /** Adds a row so many times; nothing for 0. */
    void add(int id, long weight, long start, long end) {
        if (weight == 0) {
            return;
        }
        if (weight != (int) weight) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "a session has more than 2147483647 equal rows");
        }
        if (count == ids.length) {
            flush();
        }
        ids[count] = id;
        weights[count] = (int) weight;
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    /** Emits what was added, while its rows are still there. */
    void flush() {
        if (count == 0) {
            return;
        }
        cancellationCheck.run();
        Column[] rowColumns = rows.keys(ids, count);
        Column[] columns = Arrays.copyOf(rowColumns, rowColumns.length + 2);
        columns[rowColumns.length] = new LongColumn(count, starts, null);
        columns[rowColumns.length + 1] = new LongColumn(count, ends, null);
        output.emit(new DeltaBatch(count, columns, weights));
        weights = new int[ids.length];
        starts = new long[ids.length];
        ends = new long[ids.length];
        count = 0;
    }
}
