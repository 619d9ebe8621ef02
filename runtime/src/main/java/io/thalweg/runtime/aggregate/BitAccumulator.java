package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/**
 * BIT_AND, BIT_OR and BIT_XOR of integers. Where rows may be taken out again it counts for each bit the values that have it
 * set; all three follow from that.
 */
final class BitAccumulator extends Accumulator {
    private static final int COUNT = 0;
    // Where no row is ever taken out.
    /** The bits that some value has not. */
    private static final int MISSING = 1;

    private static final int PRESENT = 2;
    private static final int ODD = 3;
    // Where bits are counted.
    private static final int BITS = 1;

    private final int slot;
    private final boolean counting;

    BitAccumulator(RecordLayout layout, boolean appendOnly) {
        this.counting = !appendOnly;
        this.slot = layout.reserve(counting ? BITS + Long.SIZE : ODD + 1);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            if (groups[i] != AggregateCalls.NO_GROUP) {
                long[] page = records.page(groups[i]);
                int at = records.offset(groups[i]) + slot;
                int weight = weights == null ? 1 : weights[i];
                long value = values instanceof IntColumn ints ? ints.value(i) : ((LongColumn) values).value(i);
                page[at + COUNT] += weight;
                if (counting) {
                    for (long rest = value; rest != 0; rest &= rest - 1) {
                        page[at + BITS + Long.numberOfTrailingZeros(rest)] += weight;
                    }
                } else {
                    page[at + MISSING] |= ~value;
                    page[at + PRESENT] |= value;
                    page[at + ODD] ^= (weight & 1) == 0 ? 0 : value;
                }
            }
        }
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        long[] page = records.page(group);
        int at = records.offset(group) + slot;
        if (page[at + COUNT] == 0) {
            out.appendNull();
            return;
        }
        long value = counting ? counted(page, at, call) : running(page, at, call);
        if (out.kind() == PhysicalKind.INT) {
            out.appendInt((int) value);
        } else {
            out.appendLong(value);
        }
    }

    private static long running(long[] page, int at, AggregateCall call) {
        return switch (call.function()) {
            case BIT_AND -> ~page[at + MISSING];
            case BIT_OR -> page[at + PRESENT];
            default -> page[at + ODD];
        };
    }

    private static long counted(long[] page, int at, AggregateCall call) {
        long value = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long count = page[at + BITS + bit];
            boolean isSet = switch (call.function()) {
                case BIT_AND -> count == page[at + COUNT];
                case BIT_OR -> count != 0;
                default -> (count & 1) != 0;
            };
            value |= isSet ? 1L << bit : 0;
        }
        return value;
    }
}
