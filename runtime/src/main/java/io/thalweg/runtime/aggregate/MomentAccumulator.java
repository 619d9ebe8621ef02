package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Variances, covariances and what else follows from the sums of values and of their products, for doubles or for pairs of
 * them. The sums are exact and the quotient is rounded once, so neither the order of rows nor their retraction shows, and
 * values that differ little from each other lose nothing. With a NaN or an infinity among the values the result is NaN; beyond
 * all doubles it is infinite, for a sum of squares gets there early and must not end a query.
 */
final class MomentAccumulator extends Accumulator {
    // Places of a group's longs after the first.
    private static final int COUNT = 0;
    /** Rows with a value that is not finite. */
    private static final int SPECIAL = 1;

    private static final int LONGS = 2;

    private final int slot;
    private final ExactSum sumX;
    private final ExactSum sumXx;
    private final Optional<Second> second;

    /** The sums that a second column brings. */
    private record Second(ExactSum y, ExactSum yy, ExactSum xy) {}

    /** @param paired whether rows bring two values: y, then x */
    MomentAccumulator(RecordLayout layout, boolean paired, MemoryAccount account) {
        this.slot = layout.reserve(LONGS);
        this.sumX = ExactSum.ofDoubles(layout, account);
        this.sumXx = ExactSum.ofProducts(layout, account);
        this.second = paired
                ? Optional.of(new Second(
                        ExactSum.ofDoubles(layout, account),
                        ExactSum.ofProducts(layout, account),
                        ExactSum.ofProducts(layout, account)))
                : Optional.empty();
    }

    @Override
    void add(RecordPages records, DeltaBatch batch, List<Integer> columns, int[] groups, int rows) {
        Column first = batch.column(columns.get(0));
        if (second.isPresent()) {
            addPairs(records, batch.column(columns.get(1)), first, groups, batch.weights(), rows);
        } else {
            add(records, first, groups, batch.weights(), rows);
        }
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        addPairs(records, values, values, groups, weights, rows);
    }

    private void addPairs(RecordPages records, Column xs, Column ys, int[] groups, int @Nullable [] weights, int rows) {
        double[] x = ((DoubleColumn) xs).values();
        double[] y = ((DoubleColumn) ys).values();
        for (int i = 0; i < rows; i++) {
            if (groups[i] != AggregateCalls.NO_GROUP) {
                long[] page = records.page(groups[i]);
                int at = records.offset(groups[i]);
                int weight = weights == null ? 1 : weights[i];
                page[at + slot + COUNT] += weight;
                if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                    page[at + slot + SPECIAL] += weight;
                    continue;
                }
                sumX.add(page, at, x[i], weight);
                sumXx.addProduct(page, at, x[i], x[i], weight);
                if (second.isPresent()) {
                    Second sums = second.get();
                    sums.y.add(page, at, y[i], weight);
                    sums.yy.addProduct(page, at, y[i], y[i], weight);
                    sums.xy.addProduct(page, at, x[i], y[i], weight);
                }
            }
        }
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        long[] page = records.page(group);
        int at = records.offset(group);
        long count = page[at + slot + COUNT];
        if (call.function() == AggregateFunction.REGRESSION_COUNT) {
            out.appendLong(count);
        } else if (count < (isOfSample(call.function()) ? 2 : 1)) {
            out.appendNull();
        } else if (page[at + slot + SPECIAL] != 0) {
            out.appendDouble(Double.NaN);
        } else {
            append(moments(page, at, count), call, out);
        }
    }

    private static boolean isOfSample(AggregateFunction function) {
        return function == AggregateFunction.VARIANCE_OF_SAMPLE
                || function == AggregateFunction.DEVIATION_OF_SAMPLE
                || function == AggregateFunction.COVARIANCE_OF_SAMPLE;
    }

    private Moments moments(long[] page, int at, long count) {
        Dyadic x = sumX.read(page, at);
        Dyadic xx = sumXx.read(page, at);
        return second.map(sums -> new Moments(
                        count, x, sums.y.read(page, at), xx, sums.yy.read(page, at), sums.xy.read(page, at)))
                .orElseGet(() -> new Moments(count, x, x, xx, xx, xx));
    }

    private static void append(Moments moments, AggregateCall call, ColumnBuilder out) {
        if (moments.isUndefined(call.function())) {
            out.appendNull();
            return;
        }
        out.appendDouble(moments.result(call.function()));
    }

    @Override
    void release(RecordPages records, int group) {
        sumX.release(records, group);
        sumXx.release(records, group);
        second.ifPresent(sums -> {
            sums.y.release(records, group);
            sums.yy.release(records, group);
            sums.xy.release(records, group);
        });
    }
}
