package io.thalweg.runtime.state;

/**
 * Doubles as longs whose signed order is SQL's order of the numbers: -0.0 equals 0.0, NaN equals NaN and is above all
 * others.
 */
public final class SortableBits {
    private SortableBits() {}

    /** The bits of a double, the same for values that SQL calls equal. */
    public static long canonicalBits(double value) {
        // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits makes every NaN the same.
        return Double.doubleToLongBits(value + 0.0);
    }

    /** A long that is ordered as the doubles are. */
    public static long encode(double value) {
        long bits = canonicalBits(value);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** The double, canonical, that was encoded. */
    public static double decode(long sortable) {
        return Double.longBitsToDouble(sortable ^ sortable >> 63 & Long.MAX_VALUE);
    }
}
