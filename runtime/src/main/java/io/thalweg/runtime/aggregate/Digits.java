package io.thalweg.runtime.aggregate;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A non-negative number as digits of 32 bits, the lowest first, times a power of two: wide enough for every exact sum, so
 * that a result is rounded to a double once. Reused from result to result.
 */
final class Digits {
    private static final long DIGIT_MASK = 0xFFFFFFFFL;
    private static final int DIGIT_BITS = 32;
    private static final int MANTISSA_BITS = 53;
    /** So many digits behind the point make a quotient exact enough: 64 bits that count, however large the divisor. */
    private static final int FRACTION_DIGITS = 5;

    private final long[] digits = new long[96];
    private int count;
    /** The lowest digit's weight is 2 to this power. */
    private int exponent;
    /** Whether something above zero was cut off below the lowest digit. */
    private boolean inexact;

    /**
     * Takes the magnitude of a number given as signed digits, which may exceed 32 bits; tells whether it is negative.
     */
    boolean setSigned(long[] source, int from, int length, int lowestExponent) {
        System.arraycopy(source, from, digits, 0, length);
        count = length + 2;
        digits[length] = 0;
        digits[length + 1] = 0;
        exponent = lowestExponent;
        inexact = false;
        boolean negative = normalize();
        if (negative) {
            for (int i = 0; i < count; i++) {
                digits[i] = -digits[i];
            }
            normalize();
        }
        return negative;
    }

    /** Takes the magnitude of an integer of 128 bits. */
    boolean setInteger(long high, long low) {
        boolean negative = high < 0;
        long magnitudeLow = negative ? -low : low;
        long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
        digits[0] = magnitudeLow & DIGIT_MASK;
        digits[1] = magnitudeLow >>> DIGIT_BITS;
        digits[2] = magnitudeHigh & DIGIT_MASK;
        digits[3] = magnitudeHigh >>> DIGIT_BITS;
        count = 4;
        exponent = 0;
        inexact = false;
        return negative;
    }

    /** Carries what a digit has too much; tells whether the number is negative. */
    private boolean normalize() {
        long carry = 0;
        for (int i = 0; i < count; i++) {
            long digit = digits[i] + carry;
            digits[i] = digit & DIGIT_MASK;
            carry = digit >> DIGIT_BITS;
        }
        if (carry < 0) {
            digits[count - 1] |= carry << DIGIT_BITS;
        }
        return carry < 0;
    }

    /** Divides by a positive number. */
    void divide(long divisor) {
        System.arraycopy(digits, 0, digits, FRACTION_DIGITS, count);
        Arrays.fill(digits, 0, FRACTION_DIGITS, 0);
        count += FRACTION_DIGITS;
        exponent -= FRACTION_DIGITS * DIGIT_BITS;
        if (divisor > Integer.MAX_VALUE) {
            divideWide(divisor);
            return;
        }
        long remainder = 0;
        for (int i = count - 1; i >= 0; i--) {
            long dividend = remainder << DIGIT_BITS | digits[i];
            digits[i] = dividend / divisor;
            remainder = dividend % divisor;
        }
        inexact = remainder != 0;
    }

    private void divideWide(long divisor) {
        BigInteger dividend = BigInteger.ZERO;
        for (int i = count - 1; i >= 0; i--) {
            dividend = dividend.shiftLeft(DIGIT_BITS).or(BigInteger.valueOf(digits[i]));
        }
        BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(divisor));
        for (int i = 0; i < count; i++) {
            digits[i] = parts[0].shiftRight(i * DIGIT_BITS).longValue() & DIGIT_MASK;
        }
        inexact = parts[1].signum() != 0;
    }

    /** The nearest double, halves to even; infinite if the number is beyond all doubles. */
    double round() {
        int top = count - 1;
        while (top >= 0 && digits[top] == 0) {
            top--;
        }
        if (top < 0) {
            return 0;
        }
        int leadingZeros = Long.numberOfLeadingZeros(digits[top]) - DIGIT_BITS;
        long second = top >= 1 ? digits[top - 1] : 0;
        long third = top >= 2 ? digits[top - 2] : 0;
        long bits = (digits[top] << DIGIT_BITS | second) << leadingZeros | third >>> DIGIT_BITS - leadingZeros;
        boolean rest = inexact || (third << leadingZeros & DIGIT_MASK) != 0;
        for (int i = top - 3; i >= 0 && !rest; i--) {
            rest = digits[i] != 0;
        }
        return round(bits, rest, exponent + (top - 1) * DIGIT_BITS - leadingZeros);
    }

    /** Rounds 64 bits, the highest set, of which the lowest weighs 2 to the exponent. */
    private static double round(long bits, boolean rest, int lowestExponent) {
        int drop = Long.SIZE - MANTISSA_BITS;
        int leading = lowestExponent + Long.SIZE - 1;
        if (leading < Double.MIN_EXPONENT) {
            drop += Double.MIN_EXPONENT - leading;
        }
        if (drop > Long.SIZE) {
            return 0;
        }
        long kept = drop == Long.SIZE ? 0 : bits >>> drop;
        boolean half = (bits >>> drop - 1 & 1) != 0;
        boolean below = rest || (bits & (1L << drop - 1) - 1) != 0;
        if (half && (below || (kept & 1) != 0)) {
            kept++;
        }
        return Math.scalb((double) kept, lowestExponent + drop);
    }
}
