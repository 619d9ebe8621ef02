package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of the row with the lowest or the highest key: the first or the last of the pairs of key and value, so that
 * which of several it is depends on the values only.
 */
final class ValueAtAccumulator extends Accumulator {
    private final SortableRows pairs;
    private final Accumulator extreme;
    private final ColumnBuilder pair = new ColumnBuilder(PhysicalKind.BYTES);

    private ValueAtAccumulator(SortableRows pairs, Accumulator extreme) {
        this.pairs = pairs;
        this.extreme = extreme;
    }

    /** Over rows that are never taken out again. */
    static ValueAtAccumulator growing(
            RecordLayout layout, RowType input, List<Integer> columns, boolean highest, MemoryAccount account) {
        AggregateFunction function = highest ? AggregateFunction.MAXIMUM : AggregateFunction.MINIMUM;
        return new ValueAtAccumulator(
                pairs(input, columns), new ExtremeAccumulator(layout, SqlType.VARBINARY, function, account));
    }

    /** Over rows that may be taken out again. */
    static ValueAtAccumulator changing(
            RecordLayout layout, RowType input, List<Integer> columns, MemoryAccount account) {
        return new ValueAtAccumulator(
                pairs(input, columns), new OrderedAccumulator(layout, SqlType.VARBINARY, false, account));
    }

    private static SortableRows pairs(RowType input, List<Integer> columns) {
        return new SortableRows(
                List.of(new SortKey(columns.get(1), false, true), new SortKey(columns.get(0), false, true)), input);
    }

    @Override
    void add(RecordPages records, DeltaBatch batch, List<Integer> columns, int[] groups, int rows) {
        add(records, pairs.encode(batch), groups, batch.weights(), rows);
    }

    @Override
    void add(RecordPages records, Column encoded, int[] groups, int @Nullable [] weights, int rows) {
        extreme.add(records, encoded, groups, weights, rows);
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        extreme.append(records, group, call, pair);
        BytesColumn found = (BytesColumn) pair.build();
        if (found.isNull(0)) {
            out.appendNull();
        } else {
            pairs.appendLast(found.data(), found.start(0), found.length(0), out);
        }
    }

    @Override
    void release(RecordPages records, int group) {
        extreme.release(records, group);
    }
}
