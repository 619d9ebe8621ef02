package io.thalweg.runtime.guard;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.Output;
import java.util.List;

/**
 * An operator whose input and output are checked: every batch has the columns of its relation in number and kind, no weight
 * is 0, the watermark never goes back, and an input that has ended stays quiet. A broken promise is an
 * {@link IllegalStateException} that names the operator.
 */
public final class GuardedOperator implements Operator {
    private final String name;
    private final Operator operator;
    private final List<RowType> inputs;
    private final RowType output;
    private final boolean[] ended;
    private long watermark = Long.MIN_VALUE;

    public GuardedOperator(String name, Operator operator, List<RowType> inputs, RowType output) {
        this.name = name;
        this.operator = operator;
        this.inputs = List.copyOf(inputs);
        this.output = output;
        this.ended = new boolean[inputs.size()];
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output out) {
        check(!ended[port], "received rows on port " + port + ", which has ended");
        check(batch, inputs.get(port), "received on port " + port);
        operator.onDelta(port, batch, guarded(out));
    }

    @Override
    public void onInputEnd(int port) {
        ended[port] = true;
        operator.onInputEnd(port);
    }

    @Override
    public void onStepEnd(Output out) {
        operator.onStepEnd(guarded(out));
    }

    @Override
    public void onWatermark(long newWatermark, Output out) {
        check(newWatermark >= watermark, "received watermark " + newWatermark + " after " + watermark);
        watermark = newWatermark;
        operator.onWatermark(newWatermark, guarded(out));
    }

    @Override
    public boolean isSatisfied() {
        return operator.isSatisfied();
    }

    @Override
    public long stateRows() {
        return operator.stateRows();
    }

    private Output guarded(Output out) {
        return batch -> {
            check(batch, output, "emitted");
            out.emit(batch);
        };
    }

    private void check(DeltaBatch batch, RowType type, String what) {
        check(
                batch.columnCount() == type.size(),
                what + " " + batch.columnCount() + " columns instead of " + type.size());
        check(batch.rowCount() <= DeltaBatch.MAX_ROWS, what + " " + batch.rowCount() + " rows in one batch");
        for (int i = 0; i < type.size(); i++) {
            check(
                    batch.column(i).kind() == type.type(i).kind(),
                    what + " column " + type.field(i) + " as " + batch.column(i).kind());
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            check(batch.weight(row) != 0, what + " row " + row + " with weight 0");
        }
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("operator " + name + " " + what);
        }
    }
}
