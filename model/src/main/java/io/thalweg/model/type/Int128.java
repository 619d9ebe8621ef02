package io.thalweg.model.type;

import java.math.BigInteger;

/**
 * A signed 128-bit integer, the unscaled value of a wide DECIMAL. Small and final so that the JIT can keep it in
 * registers where it does not escape.
 */
public record Int128(long high, long low) implements Comparable<Int128> {
    public static final Int128 ZERO = new Int128(0, 0);

    public static Int128 of(long value) {
        return new Int128(value >> 63, value);
    }

    /** The value of a big integer; throws {@link ArithmeticException} if it needs more than 128 bits. */
    public static Int128 of(BigInteger value) {
        if (value.bitLength() > 127) {
            throw new ArithmeticException("integer of " + value.bitLength() + " bits");
        }
        return new Int128(value.shiftRight(64).longValue(), value.longValue());
    }

    public BigInteger toBigInteger() {
        return BigInteger.valueOf(high).shiftLeft(64).or(BigInteger.valueOf(low).and(MASK));
    }

    private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Whether the value is that of its low half. */
    public boolean fitsLong() {
        return high == low >> 63;
    }

    @Override
    public int compareTo(Int128 other) {
        return high != other.high ? Long.compare(high, other.high) : Long.compareUnsigned(low, other.low);
    }

    public boolean isNegative() {
        return high < 0;
    }

    /** The sum modulo 2^128. */
    public Int128 plus(Int128 other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Int128(high + other.high + carry, sum);
    }

    /** The negation modulo 2^128. */
    public Int128 negate() {
        return new Int128(low == 0 ? -high : ~high, -low);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
