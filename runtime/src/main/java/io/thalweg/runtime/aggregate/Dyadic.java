package io.thalweg.runtime.aggregate;

import java.math.BigInteger;

/** An integer times a power of two: what sums and products of doubles are, exactly. */
record Dyadic(BigInteger units, int exponent) {
    /** So many bits of a quotient, and one for what is below, round to the nearest double. */
    private static final int QUOTIENT_BITS = 66;

    Dyadic times(Dyadic other) {
        return new Dyadic(units.multiply(other.units), exponent + other.exponent);
    }

    Dyadic times(long factor) {
        return new Dyadic(units.multiply(BigInteger.valueOf(factor)), exponent);
    }

    Dyadic minus(Dyadic other) {
        int common = Math.min(exponent, other.exponent);
        return new Dyadic(
                units.shiftLeft(exponent - common).subtract(other.units.shiftLeft(other.exponent - common)), common);
    }

    boolean isZero() {
        return units.signum() == 0;
    }

    int signum() {
        return units.signum();
    }

    static Dyadic of(long value) {
        return new Dyadic(BigInteger.valueOf(value), 0);
    }

    /** The double next to the quotient of this and another number, which is not zero; infinite beyond all doubles. */
    double dividedBy(Dyadic divisor) {
        if (isZero()) {
            return 0;
        }
        BigInteger numerator = units.abs();
        BigInteger denominator = divisor.units.abs();
        int shift = QUOTIENT_BITS - numerator.bitLength() + denominator.bitLength();
        if (shift > 0) {
            numerator = numerator.shiftLeft(shift);
        } else {
            denominator = denominator.shiftLeft(-shift);
        }
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        BigInteger quotient = parts[0].shiftLeft(1);
        if (parts[1].signum() != 0) {
            quotient = quotient.setBit(0);
        }
        double magnitude = Math.scalb(quotient.doubleValue(), exponent - divisor.exponent - shift - 1);
        return signum() == divisor.signum() ? magnitude : -magnitude;
    }
}
