package io.thalweg.model.delta;

import org.jspecify.annotations.Nullable;

/**
 * Doubles that are decimal fractions of few digits, as most that people write are, kept as integers: each is the integer
 * divided by a power of ten, to the last bit. After Afroozeh et al., ALP: Adaptive Lossless floating-Point Compression,
 * SIGMOD 2023, without its exceptions: one value that is no such fraction leaves the block as it is.
 */
final class DecimalDoubles {
    /** Powers of ten up to this, and integers up to 2^53, are exact, so that a division rounds once. */
    static final int MAX_DIGITS = 15;

    private static final long MAX_INTEGER = 1L << 53;
    private static final double[] POWERS = new double[MAX_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final int digits;
    private final long[] integers;

    private DecimalDoubles(int digits, long[] integers) {
        this.digits = digits;
        this.integers = integers;
    }

    /** How many digits stand after the point. */
    int digits() {
        return digits;
    }

    /** One for each row; that of a NULL is unspecified. */
    long[] integers() {
        return integers;
    }

    /** The power of ten that the integers are divided by. */
    static double divisor(int digits) {
        return POWERS[digits];
    }

    /** The integers of a column; null if some value is no decimal fraction of few digits. */
    static @Nullable DecimalDoubles of(DoubleColumn column) {
        int digits = 0;
        double[] values = column.values();
        for (int row = 0; row < column.rowCount(); row++) {
            while (!column.isNull(row) && !isExact(values[row], digits)) {
                if (++digits > MAX_DIGITS) {
                    return null;
                }
            }
        }
        long[] integers = new long[column.rowCount()];
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                if (!isExact(values[row], digits)) {
                    return null;
                }
                integers[row] = Math.round(values[row] * POWERS[digits]);
            }
        }
        return new DecimalDoubles(digits, integers);
    }

    private static boolean isExact(double value, int digits) {
        long integer = Math.round(value * POWERS[digits]);
        return Math.abs(integer) <= MAX_INTEGER
                && Double.doubleToRawLongBits(integer / POWERS[digits]) == Double.doubleToRawLongBits(value);
    }
}
