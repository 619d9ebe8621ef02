package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.state.IdAllocator;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of DOUBLE and REAL, exact until the result is rounded once, so that neither the order of rows nor their
 * retraction shows. The sum is a fixed-point number in chunks that overlap, after the small superaccumulator of Radford M.
 * Neal, "Fast exact summation using small and large superaccumulators" (2015): a chunk weighs 2^32 times the one below and
 * is a signed long, so that carries are due once in millions of additions only.
 *
 * <p>Most groups stay within few powers of two. So a record holds a window of {@value #WINDOW_CHUNKS} chunks, and only a
 * group that leaves its window gets a full set of chunks aside. NaN and the infinities are counted apart.
 */
final class DoubleSumAccumulator extends Accumulator {
    private static final int WINDOW_CHUNKS = 6;
    /** 2^-1074 to 2^1024, times a weight of 2^31, and room for the carries of 2^63 rows. */
    private static final int FULL_CHUNKS = 70;

    private static final int CHUNK_BITS = 32;
    private static final int LOWEST_EXPONENT = -1074;
    private static final long CHUNK_MASK = 0xFFFFFFFFL;
    private static final long FRACTION_MASK = (1L << 52) - 1;
    private static final int EXPONENT_MASK = 0x7FF;
    /** Each addition changes a chunk by less than 2^32, so that 2^24 of them and what carries leave stay below 2^63. */
    private static final int MAX_PENDING = 1 << 24;
    /** A window whose highest chunk has grown to this is exchanged for a full set. */
    private static final long MAX_TOP = 1L << 60;

    // Places of a group's longs after the first.
    private static final int COUNT = 0;
    private static final int NANS = 1;
    private static final int POSITIVE_INFINITIES = 2;
    private static final int NEGATIVE_INFINITIES = 3;
    /** Additions since the last carry. */
    private static final int PENDING = 4;
    /** Above 0: one more than the chunk number of the window's lowest chunk. Below 0: the negated number of a full set. */
    private static final int PLACE = 5;

    private static final int WINDOW = 6;

    private final int slot;
    private final RecordPages fullSets;
    private final IdAllocator fullIds = new IdAllocator();
    private final Digits digits = new Digits();

    DoubleSumAccumulator(RecordLayout layout, MemoryAccount account) {
        this.slot = layout.reserve(WINDOW + WINDOW_CHUNKS);
        this.fullSets = new RecordPages(FULL_CHUNKS, account);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        double[] doubles = ((DoubleColumn) values).values();
        for (int i = 0; i < rows; i++) {
            if (groups[i] != AggregateCalls.NO_GROUP) {
                long[] page = records.page(groups[i]);
                int at = records.offset(groups[i]) + slot;
                int weight = weights == null ? 1 : weights[i];
                page[at + COUNT] += weight;
                long bits = Double.doubleToRawLongBits(doubles[i]);
                int exponent = (int) (bits >>> 52) & EXPONENT_MASK;
                if (exponent == EXPONENT_MASK) {
                    page[at + special(bits)] += weight;
                } else if (weight == 1) {
                    addScaled(page, at, bits, exponent, 0);
                } else {
                    addWeighted(page, at, bits, exponent, weight);
                }
            }
        }
    }

    private static int special(long bits) {
        if ((bits & FRACTION_MASK) != 0) {
            return NANS;
        }
        return bits > 0 ? POSITIVE_INFINITIES : NEGATIVE_INFINITIES;
    }

    /** Adds the value once for each bit of the weight, moved by the place of the bit. */
    private void addWeighted(long[] page, int at, long bits, int exponent, int weight) {
        long signed = weight < 0 ? bits ^ Long.MIN_VALUE : bits;
        for (long rest = Math.abs((long) weight); rest != 0; rest &= rest - 1) {
            addScaled(page, at, signed, exponent, Long.numberOfTrailingZeros(rest));
        }
    }

    private void addScaled(long[] page, int at, long bits, int exponent, int scale) {
        long fraction = bits & FRACTION_MASK;
        long mantissa = exponent == 0 ? fraction : fraction | FRACTION_MASK + 1;
        if (mantissa == 0) {
            return;
        }
        int position = Math.max(exponent, 1) - 1 + scale;
        int chunk = position >>> 5;
        if (!inWindow(page, at, chunk)) {
            moveToFullSet(page, at);
        }
        if (page[at + PLACE] > 0) {
            addToChunks(page, at + WINDOW + chunk - (int) page[at + PLACE] + 1, mantissa, position & 31, bits >> 63);
        } else {
            int full = (int) -page[at + PLACE];
            addToChunks(fullSets.page(full), fullSets.offset(full) + chunk, mantissa, position & 31, bits >> 63);
        }
        if (++page[at + PENDING] >= MAX_PENDING) {
            carry(page, at);
        }
    }

    /** Whether the window can take the chunk; a group without a window gets one around the chunk. */
    private static boolean inWindow(long[] page, int at, int chunk) {
        long place = page[at + PLACE];
        if (place == 0) {
            page[at + PLACE] = Math.max(1, chunk);
            return true;
        }
        int lowest = (int) place - 1;
        return place < 0 || (chunk >= lowest && chunk + 2 < lowest + WINDOW_CHUNKS);
    }

    /**
     * @param sign 0 to add, -1 to subtract
     */
    private static void addToChunks(long[] chunks, int at, long mantissa, int shift, long sign) {
        long shifted = mantissa << shift;
        chunks[at] += ((shifted & CHUNK_MASK) ^ sign) - sign;
        chunks[at + 1] += (shifted >>> CHUNK_BITS ^ sign) - sign;
        chunks[at + 2] += (mantissa >>> 1 >>> 63 - shift ^ sign) - sign;
    }

    private void moveToFullSet(long[] page, int at) {
        int full = fullIds.allocate();
        fullSets.ensure(full);
        fullSets.clear(full);
        int lowest = (int) page[at + PLACE] - 1;
        System.arraycopy(page, at + WINDOW, fullSets.page(full), fullSets.offset(full) + lowest, WINDOW_CHUNKS);
        page[at + PLACE] = -full;
    }

    private void carry(long[] page, int at) {
        page[at + PENDING] = 0;
        if (page[at + PLACE] > 0) {
            carry(page, at + WINDOW, WINDOW_CHUNKS);
            if (Math.abs(page[at + WINDOW + WINDOW_CHUNKS - 1]) > MAX_TOP) {
                moveToFullSet(page, at);
            }
        } else {
            int full = (int) -page[at + PLACE];
            carry(fullSets.page(full), fullSets.offset(full), FULL_CHUNKS);
        }
    }

    private static void carry(long[] chunks, int from, int count) {
        for (int i = from; i < from + count - 1; i++) {
            chunks[i + 1] += chunks[i] >> CHUNK_BITS;
            chunks[i] &= CHUNK_MASK;
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
        double value = special(page, at);
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
        long place = page[at + PLACE];
        if (place == 0) {
            return 0;
        }
        boolean negative;
        if (place > 0) {
            int exponent = LOWEST_EXPONENT + ((int) place - 1) * CHUNK_BITS;
            negative = digits.setSigned(page, at + WINDOW, WINDOW_CHUNKS, exponent);
        } else {
            int full = (int) -place;
            negative = digits.setSigned(fullSets.page(full), fullSets.offset(full), FULL_CHUNKS, LOWEST_EXPONENT);
        }
        if (call.function() == AggregateFunction.AVERAGE) {
            digits.divide(Math.abs(page[at + COUNT]));
        }
        double magnitude = digits.round();
        if (Double.isInfinite(magnitude)) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "the result of SUM is out of range for " + call.type().sqlText());
        }
        return negative ? -magnitude : magnitude;
    }

    @Override
    void release(RecordPages records, int group) {
        long place = records.get(group, slot + PLACE);
        if (place < 0) {
            fullIds.release((int) -place);
        }
    }
}
