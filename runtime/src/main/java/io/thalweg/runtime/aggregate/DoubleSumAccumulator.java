package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of DOUBLE and REAL, exact until the result is rounded once, so that neither the order of rows nor their
 * retraction shows. NaN and the infinities are counted apart.
 */
final class DoubleSumAccumulator extends Accumulator {
    // Places of a group's longs after the first.
    private static final int COUNT = 0;
    private static final int NANS = 1;
    private static final int POSITIVE_INFINITIES = 2;
    private static final int NEGATIVE_INFINITIES = 3;
    private static final int LONGS = 4;

    private final int slot;
    private final ExactSum sum;
    private final Digits digits = new Digits();

    DoubleSumAccumulator(RecordLayout layout, MemoryAccount account) {
        this.slot = layout.reserve(LONGS);
        this.sum = ExactSum.ofDoubles(layout, account);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        double[] doubles = ((DoubleColumn) values).values();
        for (int i = 0; i < rows; i++) {
            if (groups[i] != AggregateCalls.NO_GROUP) {
                long[] page = records.page(groups[i]);
                int at = records.offset(groups[i]);
                int weight = weights == null ? 1 : weights[i];
                page[at + slot + COUNT] += weight;
                if (Double.isFinite(doubles[i])) {
                    sum.add(page, at, doubles[i], weight);
                } else {
                    page[at + slot + special(doubles[i])] += weight;
                }
            }
        }
    }

    private static int special(double value) {
        if (Double.isNaN(value)) {
            return NANS;
        }
        return value > 0 ? POSITIVE_INFINITIES : NEGATIVE_INFINITIES;
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        long[] page = records.page(group);
        int at = records.offset(group);
        if (page[at + slot + COUNT] == 0) {
            out.appendNull();
            return;
        }
        double value = special(page, at + slot);
        if (value == 0) {
            value = finite(page, at, call);
        }
        out.appendDouble(call.type().name() == TypeName.REAL ? (float) value : value);
    }

    /** NaN or an infinity if the values make it so, otherwise 0. */
    private static double special(long[] page, int at) {
        boolean positive = page[at + POSITIVE_INFINITIES] != 0;
        boolean negative = page[at + NEGATIVE_INFINITIES] != 0;
        if (page[at + NANS] != 0 || (positive && negative)) {
            return Double.NaN;
        }
        return positive ? Double.POSITIVE_INFINITY : negative ? Double.NEGATIVE_INFINITY : 0;
    }

    private double finite(long[] page, int at, AggregateCall call) {
        boolean negative = sum.read(page, at, digits);
        if (call.function() == AggregateFunction.AVERAGE) {
            digits.divide(Math.abs(page[at + slot + COUNT]));
        }
        double magnitude = digits.round();
        if (Double.isInfinite(magnitude)) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "the result of SUM is out of range for " + call.type().sqlText());
        }
        return negative && magnitude != 0 ? -magnitude : magnitude;
    }

    @Override
    void release(RecordPages records, int group) {
        sum.release(records, group);
    }
}
