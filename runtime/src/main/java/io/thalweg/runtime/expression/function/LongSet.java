package io.thalweg.runtime.expression.function;

/** The literals of an IN list that are numbers: an immutable hash set with open addressing. */
public final class LongSet {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final long[] table;
    private final int shift;
    private final boolean hasZero;

    public LongSet(long[] values) {
        int bits = 64 - Long.numberOfLeadingZeros(values.length * 2L);
        shift = 64 - bits;
        table = new long[1 << bits];
        boolean zero = false;
        for (long value : values) {
            zero |= value == 0;
            int at = slot(value);
            while (table[at] != 0 && table[at] != value) {
                at = at + 1 & table.length - 1;
            }
            table[at] = value;
        }
        hasZero = zero;
    }

    public boolean contains(long value) {
        if (value == 0) {
            return hasZero;
        }
        for (int at = slot(value); table[at] != 0; at = at + 1 & table.length - 1) {
            if (table[at] == value) {
                return true;
            }
        }
        return false;
    }

    private int slot(long value) {
        return (int) (value * GOLDEN_RATIO >>> shift);
    }

    /** A number that is the same for DOUBLEs that SQL holds equal. */
    public static long canonicalBits(double value) {
        return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }
}
