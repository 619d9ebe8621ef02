package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/** COUNT: the sum of the weights. */
final class CountAccumulator extends Accumulator {
    private final int slot;
    private final BatchSums sums = new BatchSums();

    CountAccumulator(RecordLayout layout) {
        this(layout.reserve(1));
    }

    CountAccumulator(int slot) {
        this.slot = slot;
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        add(records, groups, weights, rows);
    }

    /** Adds weights without looking at a column. */
    void add(RecordPages records, int[] groups, int @Nullable [] weights, int rows) {
        if (weights == null && BatchSums.suits(records, rows)) {
            sums.addCounts(records, slot, groups, rows);
            return;
        }
        long[][] pages = records.pages();
        int shift = records.shift();
        int mask = records.mask();
        int longs = records.recordLongs();
        if (weights == null) {
            for (int i = 0; i < rows; i++) {
                int group = groups[i];
                pages[group >>> shift][(group & mask) * longs + slot]++;
            }
        } else {
            for (int i = 0; i < rows; i++) {
                int group = groups[i];
                pages[group >>> shift][(group & mask) * longs + slot] += weights[i];
            }
        }
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        out.appendLong(records.get(group, slot));
    }
}
