package io.thalweg.runtime.aggregate;

import io.thalweg.runtime.state.IdAllocator;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.math.BigInteger;

/**
 * Exact sums of doubles, or of products of two doubles, one in each record: a fixed-point number in chunks that overlap,
 * after the small superaccumulator of Radford M. Neal, "Fast exact summation using small and large superaccumulators" (2015).
 * A chunk weighs 2^32 times the one below and is a signed long, so that carries are due once in millions of additions only.
 *
 * <p>Most groups stay within few powers of two. So a record holds a window of some chunks, and only a group that leaves its
 * window gets a full set of chunks aside.
 */
final class ExactSum {
    private static final int CHUNK_BITS = 32;
    private static final int LOWEST_DOUBLE = -1074;
    private static final long CHUNK_MASK = 0xFFFFFFFFL;
    private static final long FRACTION_MASK = (1L << 52) - 1;
    private static final int EXPONENT_MASK = 0x7FF;
    /** Each addition changes a chunk by less than 2^33, so that 2^24 of them and what carries leave stay below 2^63. */
    private static final int MAX_PENDING = 1 << 24;
    /** A window whose highest chunk has grown to this is exchanged for a full set. */
    private static final long MAX_TOP = 1L << 60;

    // Places of a record's longs after the first.
    /** Additions since the last carry. */
    private static final int PENDING = 0;
    /** Above 0: one more than the chunk number of the window's lowest chunk. Below 0: the negated number of a full set. */
    private static final int PLACE = 1;

    private static final int WINDOW = 2;

    private final int slot;
    private final int lowestExponent;
    private final int windowChunks;
    private final int fullChunks;
    private final RecordPages fullSets;
    private final IdAllocator fullIds = new IdAllocator();

    private ExactSum(RecordLayout layout, int lowestExponent, int windowChunks, int fullChunks, MemoryAccount account) {
        this.slot = layout.reserve(WINDOW + windowChunks);
        this.lowestExponent = lowestExponent;
        this.windowChunks = windowChunks;
        this.fullChunks = fullChunks;
        this.fullSets = new RecordPages(fullChunks, account);
    }

    /** Of doubles: 2^-1074 to 2^1024, times a weight of 2^31, and room for the carries of 2^63 rows. */
    static ExactSum ofDoubles(RecordLayout layout, MemoryAccount account) {
        return new ExactSum(layout, LOWEST_DOUBLE, 6, 70, account);
    }

    /** Of products of two doubles: twice that. */
    static ExactSum ofProducts(RecordLayout layout, MemoryAccount account) {
        return new ExactSum(layout, 2 * LOWEST_DOUBLE, 9, 138, account);
    }

    /**
     * Adds a finite double so many times to a record.
     *
     * @param at where the record begins in its page
     */
    void add(long[] page, int at, double value, long weight) {
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = mantissa(bits);
        if (mantissa != 0) {
            long sign = (bits ^ weight) >> 63;
            for (long rest = Math.abs(weight); rest != 0; rest &= rest - 1) {
                addScaled(page, at + slot, mantissa, position(bits) + Long.numberOfTrailingZeros(rest), sign);
            }
        }
    }

    /** Adds the product of two finite doubles so many times to a record. */
    void addProduct(long[] page, int at, double left, double right, long weight) {
        long leftBits = Double.doubleToRawLongBits(left);
        long rightBits = Double.doubleToRawLongBits(right);
        long leftMantissa = mantissa(leftBits);
        long rightMantissa = mantissa(rightBits);
        if (leftMantissa == 0 || rightMantissa == 0) {
            return;
        }
        long high = Math.multiplyHigh(leftMantissa, rightMantissa);
        long low = leftMantissa * rightMantissa;
        long sign = (leftBits ^ rightBits ^ weight) >> 63;
        for (long rest = Math.abs(weight); rest != 0; rest &= rest - 1) {
            int position = position(leftBits) + position(rightBits) + Long.numberOfTrailingZeros(rest);
            // The upper half first: where it does not fit the window the lower one finds the full set.
            if (high != 0) {
                addScaled(page, at + slot, high, position + Long.SIZE, sign);
            }
            if (low != 0) {
                addScaled(page, at + slot, low, position, sign);
            }
        }
    }

    private static long mantissa(long bits) {
        long fraction = bits & FRACTION_MASK;
        return (bits >>> 52 & EXPONENT_MASK) == 0 ? fraction : fraction | FRACTION_MASK + 1;
    }

    /** The weight of the mantissa's lowest bit, counted from that of the least double. */
    private static int position(long bits) {
        return Math.max((int) (bits >>> 52) & EXPONENT_MASK, 1) - 1;
    }

    private void addScaled(long[] page, int at, long mantissa, int position, long sign) {
        int chunk = position >>> 5;
        if (!inWindow(page, at, chunk)) {
            moveToFullSet(page, at);
        }
        if (page[at + PLACE] > 0) {
            addToChunks(page, at + WINDOW + chunk - (int) page[at + PLACE] + 1, mantissa, position & 31, sign);
        } else {
            int full = (int) -page[at + PLACE];
            addToChunks(fullSets.page(full), fullSets.offset(full) + chunk, mantissa, position & 31, sign);
        }
        if (++page[at + PENDING] >= MAX_PENDING) {
            carry(page, at);
        }
    }

    /** Whether the window can take the chunk; a record without a window gets one around the chunk. */
    private boolean inWindow(long[] page, int at, int chunk) {
        long place = page[at + PLACE];
        if (place == 0) {
            // Halves of products come upper half first, two chunks above the lower.
            page[at + PLACE] = Math.max(1, windowChunks > 6 ? chunk - 2 : chunk);
            return true;
        }
        int lowest = (int) place - 1;
        return place < 0 || (chunk >= lowest && chunk + 2 < lowest + windowChunks);
    }

    /**
     * @param mantissa 64 bits without a sign
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
        System.arraycopy(page, at + WINDOW, fullSets.page(full), fullSets.offset(full) + lowest, windowChunks);
        page[at + PLACE] = -full;
    }

    private void carry(long[] page, int at) {
        page[at + PENDING] = 0;
        if (page[at + PLACE] > 0) {
            carry(page, at + WINDOW, windowChunks);
            if (Math.abs(page[at + WINDOW + windowChunks - 1]) > MAX_TOP) {
                moveToFullSet(page, at);
            }
        } else {
            int full = (int) -page[at + PLACE];
            carry(fullSets.page(full), fullSets.offset(full), fullChunks);
        }
    }

    private static void carry(long[] chunks, int from, int count) {
        for (int i = from; i < from + count - 1; i++) {
            chunks[i + 1] += chunks[i] >> CHUNK_BITS;
            chunks[i] &= CHUNK_MASK;
        }
    }

    /** Puts the magnitude of a record's sum into digits; tells whether it is negative. */
    boolean read(long[] page, int at, Digits digits) {
        long place = page[at + slot + PLACE];
        if (place >= 0) {
            int exponent = lowestExponent + Math.max(0, (int) place - 1) * CHUNK_BITS;
            return digits.setSigned(page, at + slot + WINDOW, windowChunks, exponent);
        }
        int full = (int) -place;
        return digits.setSigned(fullSets.page(full), fullSets.offset(full), fullChunks, lowestExponent);
    }

    /** A record's sum. */
    Dyadic read(long[] page, int at) {
        long place = page[at + slot + PLACE];
        if (place >= 0) {
            int exponent = lowestExponent + Math.max(0, (int) place - 1) * CHUNK_BITS;
            return new Dyadic(sum(page, at + slot + WINDOW, windowChunks), exponent);
        }
        int full = (int) -place;
        return new Dyadic(sum(fullSets.page(full), fullSets.offset(full), fullChunks), lowestExponent);
    }

    private static BigInteger sum(long[] chunks, int from, int count) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = from + count - 1; i >= from; i--) {
            sum = sum.shiftLeft(CHUNK_BITS).add(BigInteger.valueOf(chunks[i]));
        }
        return sum;
    }

    /** Gives back what a record holds elsewhere. */
    void release(RecordPages records, int group) {
        long place = records.get(group, slot + PLACE);
        if (place < 0) {
            fullIds.release((int) -place);
        }
    }
}
