package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.RecordPages;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of DECIMALs of more than 18 digits: a count and a sum of 192 bits. Two values of 38 digits can exceed 128
 * bits and come back by a third, so the sum itself must not be the place where range is checked.
 */
final class WideSumAccumulator extends Accumulator {
    private final int slot;
    private final ExactResults results;

    WideSumAccumulator(RecordLayout layout, SqlType argument) {
        this.slot = layout.reserve(4);
        this.results = new ExactResults(argument.scale());
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        Decimal128Column column = (Decimal128Column) values;
        long[] high = column.high();
        long[] low = column.low();
        for (int i = 0; i < rows; i++) {
            long weight = weights == null ? 1 : weights[i];
            long[] page = records.page(groups[i]);
            int at = records.offset(groups[i]) + slot;
            page[at] += weight;
            if (weight == 1) {
                add(page, at + 1, low[i], high[i], high[i] >> 63);
            } else {
                addProduct(page, at + 1, high[i], low[i], weight);
            }
        }
    }

    private static void addProduct(long[] page, int at, long high, long low, long weight) {
        long times = Math.abs(weight);
        long first = low * times;
        long carried = multiplyHighUnsigned(low, times);
        long middle = high * times;
        long second = middle + carried;
        long third = Math.multiplyHigh(high, times) + carry(middle, carried, second);
        if (weight < 0) {
            first = -first;
            second = ~second + (first == 0 ? 1 : 0);
            third = ~third + (first == 0 && second == 0 ? 1 : 0);
        }
        add(page, at, first, second, third);
    }

    private static void add(long[] page, int at, long first, long second, long third) {
        long sum0 = page[at] + first;
        long carry0 = carry(page[at], first, sum0);
        long part1 = page[at + 1] + second;
        long carry1 = carry(page[at + 1], second, part1);
        long sum1 = part1 + carry0;
        carry1 += carry(part1, carry0, sum1);
        page[at] = sum0;
        page[at + 1] = sum1;
        page[at + 2] += third + carry1;
    }

    private static long carry(long left, long right, long sum) {
        return (left & right | (left | right) & ~sum) >>> 63;
    }

    /** The upper half of the product of an unsigned and a non-negative number. */
    private static long multiplyHighUnsigned(long unsigned, long nonNegative) {
        return Math.multiplyHigh(unsigned, nonNegative) + (unsigned >> 63 & nonNegative);
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        long[] page = records.page(group);
        int at = records.offset(group) + slot;
        long count = page[at];
        if (count == 0) {
            out.appendNull();
        } else if (page[at + 3] == page[at + 2] >> 63) {
            results.append(page[at + 2], page[at + 1], count, call.function(), call.type(), out);
        } else {
            BigInteger sum = BigInteger.valueOf(page[at + 3])
                    .shiftLeft(128)
                    .add(new Int128(0, page[at + 2]).toBigInteger().shiftLeft(64))
                    .add(new Int128(0, page[at + 1]).toBigInteger());
            results.append(sum, count, call.function(), call.type(), out);
        }
    }
}
