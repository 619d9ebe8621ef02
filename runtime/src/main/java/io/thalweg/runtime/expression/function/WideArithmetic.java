package io.thalweg.runtime.expression.function;

import java.math.BigInteger;

/**
 * Arithmetic of 128 bits without objects. Values are in two's complement with an absolute value below 2^127; methods
 * that can exceed it return whether the result fits.
 */
final class WideArithmetic {
    /** The largest power of ten in a {@code long}. */
    static final int MAX_LONG_POWER = 18;
    /** The largest power of ten in 128 bits. */
    static final int MAX_POWER = 38;

    private static final long[] LONG_POWERS = new long[MAX_LONG_POWER + 1];
    private static final long[] POWERS_HIGH = new long[MAX_POWER + 1];
    private static final long[] POWERS_LOW = new long[MAX_POWER + 1];
    private static final long HALF_MASK = 0xFFFF_FFFFL;

    static {
        BigInteger power = BigInteger.ONE;
        for (int i = 0; i <= MAX_POWER; i++) {
            POWERS_HIGH[i] = power.shiftRight(64).longValue();
            POWERS_LOW[i] = power.longValue();
            if (i <= MAX_LONG_POWER) {
                LONG_POWERS[i] = power.longValue();
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private WideArithmetic() {}

    /** 10 to the power of 0 to 18. */
    static long longPower(int exponent) {
        return LONG_POWERS[exponent];
    }

    static long powerHigh(int exponent) {
        return POWERS_HIGH[exponent];
    }

    static long powerLow(int exponent) {
        return POWERS_LOW[exponent];
    }

    /** Whether a value has at most so many digits. */
    static boolean hasDigits(WideDecimal value, int precision) {
        long high = value.high;
        long low = value.low;
        if (high < 0) {
            high = low == 0 ? -high : ~high;
            low = -low;
        }
        return isLess(high, low, POWERS_HIGH[precision], POWERS_LOW[precision]);
    }

    /** Compares unsigned values. */
    private static boolean isLess(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        return leftHigh == rightHigh
                ? Long.compareUnsigned(leftLow, rightLow) < 0
                : Long.compareUnsigned(leftHigh, rightHigh) < 0;
    }

    static void negate(WideDecimal value) {
        value.high = value.low == 0 ? -value.high : ~value.high;
        value.low = -value.low;
    }

    /** {@code result += other}. */
    static boolean add(WideDecimal result, WideDecimal other) {
        long low = result.low + other.low;
        long carry = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        long high = result.high + other.high + carry;
        boolean fits = ((result.high ^ high) & (other.high ^ high)) >= 0;
        result.set(high, low);
        return fits;
    }

    /** {@code result = value * 10^digits}. */
    static boolean scaleUp(WideDecimal value, int digits, WideDecimal result) {
        if (digits == 0) {
            result.set(value);
            return true;
        }
        if (digits > MAX_POWER) {
            boolean zero = value.isZero();
            result.set(0);
            return zero;
        }
        return multiply(value.high, value.low, POWERS_HIGH[digits], POWERS_LOW[digits], result);
    }

    static boolean multiply(long leftHigh, long leftLow, long rightHigh, long rightLow, WideDecimal result) {
        if (leftHigh == leftLow >> 63 && rightHigh == rightLow >> 63) {
            result.set(Math.multiplyHigh(leftLow, rightLow), leftLow * rightLow);
            return true;
        }
        boolean negative = (leftHigh ^ rightHigh) < 0;
        long absLeftHigh = leftHigh < 0 ? (leftLow == 0 ? -leftHigh : ~leftHigh) : leftHigh;
        long absLeftLow = leftHigh < 0 ? -leftLow : leftLow;
        long absRightHigh = rightHigh < 0 ? (rightLow == 0 ? -rightHigh : ~rightHigh) : rightHigh;
        long absRightLow = rightHigh < 0 ? -rightLow : rightLow;
        if (absLeftHigh != 0 && absRightHigh != 0) {
            return false;
        }
        boolean leftIsWide = absLeftHigh != 0;
        long high = leftIsWide ? absLeftHigh : absRightHigh;
        long low = leftIsWide ? absLeftLow : absRightLow;
        long factor = leftIsWide ? absRightLow : absLeftLow;
        long upper = high * factor;
        long sum = upper + unsignedMultiplyHigh(low, factor);
        if (unsignedMultiplyHigh(high, factor) != 0 || upper < 0 || sum < 0 || unsignedMultiplyHigh(low, factor) < 0) {
            return false;
        }
        result.set(sum, low * factor);
        if (negative) {
            negate(result);
        }
        return true;
    }

    static long unsignedMultiplyHigh(long left, long right) {
        return Math.multiplyHigh(left, right) + ((left >> 63) & right) + ((right >> 63) & left);
    }

    /**
     * {@code result = dividend / divisor}, rounded. The dividend may be the result. A quotient that is one too large for
     * 127 bits cannot occur, since the divisor is at least 1.
     */
    static void divide(WideDecimal dividend, long divisorHigh, long divisorLow, Rounding rounding, WideDecimal result) {
        boolean negative = (dividend.high ^ divisorHigh) < 0;
        long high = dividend.high;
        long low = dividend.low;
        if (high < 0) {
            high = low == 0 ? -high : ~high;
            low = -low;
        }
        long byHigh = divisorHigh;
        long byLow = divisorLow;
        if (byHigh < 0) {
            byHigh = byLow == 0 ? -byHigh : ~byHigh;
            byLow = -byLow;
        }
        divideUnsigned(high, low, byHigh, byLow, result);
        // The remainder is dividend - quotient * divisor; all fit 128 bits.
        long productLow = result.low * byLow;
        long productHigh = unsignedMultiplyHigh(result.low, byLow) + result.high * byLow + result.low * byHigh;
        long restLow = low - productLow;
        long restHigh = high - productHigh - (Long.compareUnsigned(low, productLow) < 0 ? 1 : 0);
        long otherLow = byLow - restLow;
        long otherHigh = byHigh - restHigh - (Long.compareUnsigned(byLow, restLow) < 0 ? 1 : 0);
        boolean atLeastHalf = !isLess(restHigh, restLow, otherHigh, otherLow);
        int step = rounding.step(negative, atLeastHalf, (restHigh | restLow) == 0);
        if (step != 0 && ++result.low == 0) {
            result.high++;
        }
        if (negative) {
            negate(result);
        }
    }

    private static void divideUnsigned(long high, long low, long byHigh, long byLow, WideDecimal result) {
        if (byHigh == 0) {
            if (high == 0) {
                result.set(0, Long.divideUnsigned(low, byLow));
                return;
            }
            long upper = Long.divideUnsigned(high, byLow);
            long rest = high - upper * byLow;
            result.set(upper, divideTwoByOne(rest, low, byLow));
            return;
        }
        // Hacker's Delight, 9-5: an estimate from the upper 64 bits of the divisor is at most one too large.
        int shift = Long.numberOfLeadingZeros(byHigh);
        long top = shift == 0 ? byHigh : byHigh << shift | byLow >>> (64 - shift);
        long estimate = divideTwoByOne(high >>> 1, high << 63 | low >>> 1, top);
        long quotient = estimate >>> (63 - shift);
        if (quotient != 0) {
            quotient--;
        }
        long productLow = quotient * byLow;
        long productHigh = unsignedMultiplyHigh(quotient, byLow) + quotient * byHigh;
        long restLow = low - productLow;
        long restHigh = high - productHigh - (Long.compareUnsigned(low, productLow) < 0 ? 1 : 0);
        if (!isLess(restHigh, restLow, byHigh, byLow)) {
            quotient++;
        }
        result.set(0, quotient);
    }

    /** 128 by 64 bits, unsigned, by two digits of 32 bits; the upper half is below the divisor. */
    private static long divideTwoByOne(long high, long low, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long by = divisor << shift;
        long byUpper = by >>> 32;
        long byLower = by & HALF_MASK;
        long upper = shift == 0 ? high : high << shift | low >>> (64 - shift);
        long lower = low << shift;
        long lowerUpper = lower >>> 32;
        long lowerLower = lower & HALF_MASK;
        long first = digit(upper, lowerUpper, byUpper, byLower);
        long rest = (upper << 32) + lowerUpper - first * by;
        long second = digit(rest, lowerLower, byUpper, byLower);
        return (first << 32) + second;
    }

    /** One digit of 32 bits of a quotient: Knuth's algorithm D, step D3. */
    private static long digit(long upper, long next, long byUpper, long byLower) {
        long digit = Long.divideUnsigned(upper, byUpper);
        long rest = upper - digit * byUpper;
        while (digit >>> 32 != 0 || Long.compareUnsigned(digit * byLower, (rest << 32) + next) > 0) {
            digit--;
            rest += byUpper;
            if (rest >>> 32 != 0) {
                break;
            }
        }
        return digit;
    }
}
