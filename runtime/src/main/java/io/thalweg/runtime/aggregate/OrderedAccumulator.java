package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/** MIN and MAX over rows that may be taken out again: all values of each group, in order. */
final class OrderedAccumulator extends Accumulator {
    private final int slot;
    private final ValueTree tree;

    OrderedAccumulator(RecordLayout layout, SqlType argument, MemoryAccount account) {
        this.slot = layout.reserve(1);
        this.tree = new ValueTree(argument, account);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            if (group != AggregateCalls.NO_GROUP) {
                int root = (int) records.get(group, slot);
                records.set(group, slot, tree.add(root, values, i, weights == null ? 1 : weights[i]));
            }
        }
        tree.compact();
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        int root = (int) records.get(group, slot);
        if (call.function() == AggregateFunction.MINIMUM) {
            tree.appendFirst(root, out);
        } else {
            tree.appendLast(root, out);
        }
    }

    @Override
    void release(RecordPages records, int group) {
        tree.clear((int) records.get(group, slot));
    }
}
