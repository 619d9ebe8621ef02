package io.thalweg.runtime.expression.function;

import io.thalweg.model.type.Int128;

/**
 * The unscaled value of a DECIMAL of more than 18 digits on its way through an expression: 128 bits in two's complement.
 * Mutable and reused from row to row; each node of a compiled expression owns one.
 */
public final class WideDecimal {
    /** The upper half. Public, like the lower, because compiled loops read both for each row. */
    public long high;

    public long low;

    public static WideDecimal of(Int128 value) {
        WideDecimal decimal = new WideDecimal();
        decimal.set(value.high(), value.low());
        return decimal;
    }

    public static WideDecimal of(long value) {
        WideDecimal decimal = new WideDecimal();
        decimal.set(value);
        return decimal;
    }

    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    public void set(long value) {
        high = value >> 63;
        low = value;
    }

    public void set(WideDecimal other) {
        high = other.high;
        low = other.low;
    }

    public boolean fitsLong() {
        return high == low >> 63;
    }

    public boolean isNegative() {
        return high < 0;
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    public Int128 toInt128() {
        return new Int128(high, low);
    }

    static int compare(WideDecimal left, WideDecimal right) {
        return left.high != right.high
                ? Long.compare(left.high, right.high)
                : Long.compareUnsigned(left.low, right.low);
    }
}
