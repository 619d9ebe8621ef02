package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of integers and of DECIMALs that fit a long: a count and a sum of 128 bits, which no number of rows can
 * overflow.
 */
final class IntegerSumAccumulator extends Accumulator {
    private final int slot;
    private final ExactResults results;
    private final BatchSums sums = new BatchSums();
    private long[] scratch = {};

    IntegerSumAccumulator(RecordLayout layout, SqlType argument) {
        this.slot = layout.reserve(3);
        this.results = new ExactResults(argument.scale());
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        if (weights != null) {
            addWeighted(records, longs(values, rows), groups, weights, rows);
        } else if (values instanceof IntColumn ints) {
            addInts(records, ints.values(), groups, rows);
        } else {
            addLongs(records, longs(values, rows), groups, rows);
        }
    }

    private void addInts(RecordPages records, int[] values, int[] groups, int rows) {
        if (BatchSums.suits(records, rows)) {
            sums.addInts(records, slot, values, groups, rows);
            return;
        }
        long[][] pages = records.pages();
        int shift = records.shift();
        int mask = records.mask();
        int longs = records.recordLongs();
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            long[] page = pages[group >>> shift];
            int at = (group & mask) * longs + slot;
            long value = values[i];
            long old = page[at + 1];
            long sum = old + value;
            page[at]++;
            page[at + 1] = sum;
            page[at + 2] += (value >> 63) + carry(old, value, sum);
        }
    }

    private void addLongs(RecordPages records, long[] values, int[] groups, int rows) {
        long[][] pages = records.pages();
        int shift = records.shift();
        int mask = records.mask();
        int longs = records.recordLongs();
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            long[] page = pages[group >>> shift];
            int at = (group & mask) * longs + slot;
            long value = values[i];
            long old = page[at + 1];
            long sum = old + value;
            page[at]++;
            page[at + 1] = sum;
            page[at + 2] += (value >> 63) + carry(old, value, sum);
        }
    }

    private void addWeighted(RecordPages records, long[] values, int[] groups, int[] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            long[] page = records.page(groups[i]);
            int at = records.offset(groups[i]) + slot;
            long weight = weights[i];
            long value = values[i] * weight;
            long old = page[at + 1];
            long sum = old + value;
            page[at] += weight;
            page[at + 1] = sum;
            page[at + 2] += Math.multiplyHigh(values[i], weight) + carry(old, value, sum);
        }
    }

    /** The carry of an unsigned addition. */
    private static long carry(long left, long right, long sum) {
        return (left & right | (left | right) & ~sum) >>> 63;
    }

    private long[] longs(Column values, int rows) {
        if (values instanceof LongColumn longs) {
            return longs.values();
        }
        int[] ints = ((IntColumn) values).values();
        if (scratch.length < rows) {
            scratch = new long[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        for (int i = 0; i < rows; i++) {
            scratch[i] = ints[i];
        }
        return scratch;
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        long[] page = records.page(group);
        int at = records.offset(group) + slot;
        long count = page[at];
        if (count == 0) {
            out.appendNull();
        } else {
            results.append(page[at + 2], page[at + 1], count, call.function(), call.type(), out);
        }
    }
}
