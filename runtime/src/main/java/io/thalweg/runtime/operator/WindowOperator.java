package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.runtime.expression.function.DateTimeFunctions;
import java.util.Arrays;

/** Repeats each row for every window of time that it falls into. Remembers nothing. */
public final class WindowOperator implements Operator {
    private final WindowNode node;
    private final Runnable cancellationCheck;

    public WindowOperator(WindowNode node, OperatorContext context) {
        this.node = node;
        this.cancellationCheck = context.cancellationCheck();
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        Windowed windowed = new Windowed(batch, output);
        LongColumn times = batch.longColumn(node.timeColumn());
        for (int row = 0; row < batch.rowCount(); row++) {
            if (times.isNull(row)) {
                continue;
            }
            switch (node.kind()) {
                case HOP -> hop(row, times.value(row), windowed);
                case CUMULATE -> cumulate(row, times.value(row), windowed);
            }
        }
        windowed.flush();
    }

    private void hop(int row, long time, Windowed windowed) {
        long last = time - Math.floorMod(time - node.offsetMicros(), node.stepMicros());
        for (long start = last; start > time - node.sizeMicros(); start -= node.stepMicros()) {
            windowed.add(row, start, start + node.sizeMicros());
        }
    }

    private void cumulate(int row, long time, Windowed windowed) {
        long inside = Math.floorMod(time - node.offsetMicros(), node.sizeMicros());
        long start = time - inside;
        long first = inside - inside % node.stepMicros() + node.stepMicros();
        for (long length = first; length <= node.sizeMicros(); length += node.stepMicros()) {
            windowed.add(row, start, start + length);
        }
    }

    /** Rows of one batch with their windows, on the way out. */
    private final class Windowed {
        private final DeltaBatch batch;
        private final Output output;
        private final int[] rows;
        private long[] starts;
        private long[] ends;
        private int count;

        Windowed(DeltaBatch batch, Output output) {
            this.batch = batch;
            this.output = output;
            long windows = batch.rowCount() * WindowNode.windows(node.stepMicros(), node.sizeMicros());
            int capacity = (int) Math.min(DeltaBatch.TARGET_ROWS, windows);
            this.rows = new int[capacity];
            this.starts = new long[capacity];
            this.ends = new long[capacity];
        }

        private void add(int row, long start, long end) {
            rows[count] = row;
            starts[count] = DateTimeFunctions.checkedTimestamp(start);
            ends[count] = DateTimeFunctions.checkedTimestamp(end);
            count++;
            if (count == rows.length) {
                flush();
            }
        }

        private void flush() {
            if (count == 0) {
                return;
            }
            cancellationCheck.run();
            DeltaBatch repeated = batch.select(rows, count);
            int inputColumns = batch.columnCount();
            Column[] columns = Arrays.copyOf(repeated.columns().toArray(Column[]::new), inputColumns + 2);
            columns[inputColumns] = new LongColumn(count, starts, null);
            columns[inputColumns + 1] = new LongColumn(count, ends, null);
            output.emit(new DeltaBatch(count, columns, repeated.weights()));
            starts = new long[rows.length];
            ends = new long[rows.length];
            count = 0;
        }
    }
}
