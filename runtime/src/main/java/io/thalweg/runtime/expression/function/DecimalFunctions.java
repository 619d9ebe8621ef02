package io.thalweg.runtime.expression.function;

import io.thalweg.model.type.Int128;
import java.math.BigInteger;

/**
 * Arithmetic of DECIMAL on unscaled values. A result is rounded half away from zero to its scale and must have the
 * digits of its precision. Values beyond 128 bits, which only intermediate results are, go through big integers.
 */
public final class DecimalFunctions {
    private DecimalFunctions() {}

    /** The value if it is of a precision of at most 18 digits. */
    public static long checked(long value, int precision, int scale) {
        long bound = WideArithmetic.longPower(precision);
        if (value >= bound || value <= -bound) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
        return value;
    }

    /** Fails if a value has more digits than the precision. */
    public static void check(WideDecimal value, int precision, int scale) {
        if (!WideArithmetic.hasDigits(value, precision)) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
    }

    public static int compare(WideDecimal left, int leftScale, WideDecimal right, int rightScale, WideDecimal scratch) {
        if (leftScale < rightScale) {
            return WideArithmetic.scaleUp(left, rightScale - leftScale, scratch)
                    ? WideDecimal.compare(scratch, right)
                    : Long.signum(left.high | 1);
        }
        return WideArithmetic.scaleUp(right, leftScale - rightScale, scratch)
                ? WideDecimal.compare(left, scratch)
                : -Long.signum(right.high | 1);
    }

    public static void add(
            WideDecimal left,
            int leftScale,
            WideDecimal right,
            int rightScale,
            int precision,
            int scale,
            WideDecimal result) {
        int common = Math.max(leftScale, rightScale);
        WideDecimal scaled = leftScale < rightScale ? left : right;
        WideDecimal other = leftScale < rightScale ? right : left;
        if (WideArithmetic.scaleUp(scaled, Math.abs(leftScale - rightScale), result)
                && WideArithmetic.add(result, other)) {
            rescale(result, common, precision, scale, Rounding.HALF_AWAY, result);
        } else {
            setExact(
                    aligned(left, leftScale, common).add(aligned(right, rightScale, common)),
                    common,
                    result,
                    precision,
                    scale);
        }
    }

    public static void subtract(
            WideDecimal left,
            int leftScale,
            WideDecimal right,
            int rightScale,
            int precision,
            int scale,
            WideDecimal result) {
        int common = Math.max(leftScale, rightScale);
        boolean fits;
        if (leftScale < rightScale) {
            fits = WideArithmetic.scaleUp(left, rightScale - leftScale, result);
            WideArithmetic.negate(result);
            fits = fits && WideArithmetic.add(result, right);
            WideArithmetic.negate(result);
        } else {
            fits = WideArithmetic.scaleUp(right, leftScale - rightScale, result);
            WideArithmetic.negate(result);
            fits = fits && WideArithmetic.add(result, left);
        }
        if (fits) {
            rescale(result, common, precision, scale, Rounding.HALF_AWAY, result);
        } else {
            setExact(
                    aligned(left, leftScale, common).subtract(aligned(right, rightScale, common)),
                    common,
                    result,
                    precision,
                    scale);
        }
    }

    /** The product; its scale before rounding is that of both factors together. */
    public static void multiply(
            WideDecimal left, WideDecimal right, int productScale, int precision, int scale, WideDecimal result) {
        if (WideArithmetic.multiply(left.high, left.low, right.high, right.low, result)) {
            rescale(result, productScale, precision, scale, Rounding.HALF_AWAY, result);
        } else {
            setExact(big(left).multiply(big(right)), productScale, result, precision, scale);
        }
    }

    /** The quotient of two values of at most 18 digits, of which the dividend has been scaled already. */
    public static long divide(long dividend, long divisor) {
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend % divisor);
        if (rest >= Math.abs(divisor) - rest) {
            quotient += (dividend ^ divisor) < 0 ? -1 : 1;
        }
        return quotient;
    }

    public static void divide(
            WideDecimal left,
            int leftScale,
            WideDecimal right,
            int rightScale,
            int precision,
            int scale,
            WideDecimal result) {
        if (right.isZero()) {
            throw EvaluationErrors.divisionByZero();
        }
        int shift = scale + rightScale - leftScale;
        if (shift >= 0 && WideArithmetic.scaleUp(left, shift, result)) {
            WideArithmetic.divide(result, right.high, right.low, Rounding.HALF_AWAY, result);
            check(result, precision, scale);
            return;
        }
        BigInteger dividend = big(left);
        BigInteger divisor = big(right);
        if (shift >= 0) {
            dividend = dividend.multiply(BigInteger.TEN.pow(shift));
        } else {
            divisor = divisor.multiply(BigInteger.TEN.pow(-shift));
        }
        setExact(divided(dividend, divisor), scale, result, precision, scale);
    }

    public static long modulo(long left, long right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return left % right;
    }

    /** The remainder, with the sign of the dividend. */
    public static void modulo(
            WideDecimal left,
            int leftScale,
            WideDecimal right,
            int rightScale,
            int precision,
            int scale,
            WideDecimal result) {
        if (right.isZero()) {
            throw EvaluationErrors.divisionByZero();
        }
        int common = Math.max(leftScale, rightScale);
        if (left.fitsLong() && right.fitsLong() && leftScale == rightScale) {
            result.set(right.low == -1 ? 0 : left.low % right.low);
            rescale(result, common, precision, scale, Rounding.HALF_AWAY, result);
            return;
        }
        BigInteger rest = aligned(left, leftScale, common).remainder(aligned(right, rightScale, common));
        setExact(rest, common, result, precision, scale);
    }

    public static void negate(WideDecimal value, WideDecimal result) {
        result.set(value);
        WideArithmetic.negate(result);
    }

    public static void absolute(WideDecimal value, WideDecimal result) {
        result.set(value);
        if (value.isNegative()) {
            WideArithmetic.negate(result);
        }
    }

    /** -1, 0 or 1 as a DECIMAL of the scale of the result. */
    public static void sign(WideDecimal value, int precision, int scale, WideDecimal result) {
        int sign = value.isZero() ? 0 : value.isNegative() ? -1 : 1;
        result.set(sign);
        rescale(result, 0, precision, scale, Rounding.HALF_AWAY, result);
    }

    /** A value of at most 18 digits without its last digits. */
    public static long cut(long value, int digits, Rounding rounding) {
        if (digits > WideArithmetic.MAX_LONG_POWER) {
            return rounding.step(value < 0, false, value == 0) * (value < 0 ? -1L : 1L);
        }
        long power = WideArithmetic.longPower(digits);
        long quotient = value / power;
        long rest = Math.abs(value - quotient * power);
        int step = rounding.step(value < 0, rest >= power - rest, rest == 0);
        return value < 0 ? quotient - step : quotient + step;
    }

    /** The value with another scale, if it then has the digits of the precision. The result may be the value. */
    public static void rescale(
            WideDecimal value, int valueScale, int precision, int scale, Rounding rounding, WideDecimal result) {
        if (!tryRescale(value, valueScale, precision, scale, rounding, result)) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
    }

    /** As {@link #rescale}, but tells whether the result has the digits of the precision. */
    static boolean tryRescale(
            WideDecimal value, int valueScale, int precision, int scale, Rounding rounding, WideDecimal result) {
        if (scale >= valueScale) {
            return WideArithmetic.scaleUp(value, scale - valueScale, result)
                    && WideArithmetic.hasDigits(result, precision);
        }
        cut(value, valueScale - scale, rounding, result);
        return WideArithmetic.hasDigits(result, precision);
    }

    private static void cut(WideDecimal value, int digits, Rounding rounding, WideDecimal result) {
        if (digits > WideArithmetic.MAX_POWER) {
            boolean negative = value.isNegative();
            int step = rounding.step(negative, false, value.isZero());
            result.set(negative ? -step : step);
            return;
        }
        WideArithmetic.divide(
                value, WideArithmetic.powerHigh(digits), WideArithmetic.powerLow(digits), rounding, result);
    }

    /** The value rounded to a number of digits after the point, or before it if negative. */
    public static void round(
            WideDecimal value,
            int valueScale,
            int digits,
            Rounding rounding,
            int precision,
            int scale,
            WideDecimal result) {
        if (digits >= valueScale) {
            rescale(value, valueScale, precision, scale, Rounding.HALF_AWAY, result);
            return;
        }
        cut(value, (int) Math.min(100L, (long) valueScale - digits), rounding, result);
        rescale(result, Math.max(digits, valueScale - 100), precision, scale, Rounding.HALF_AWAY, result);
    }

    private static BigInteger big(WideDecimal value) {
        return value.toInt128().toBigInteger();
    }

    private static BigInteger aligned(WideDecimal value, int valueScale, int scale) {
        return big(value).multiply(BigInteger.TEN.pow(scale - valueScale));
    }

    private static BigInteger divided(BigInteger dividend, BigInteger divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(divisor);
        if (parts[1].shiftLeft(1).abs().compareTo(divisor.abs()) >= 0) {
            return parts[0].add(BigInteger.valueOf((long) dividend.signum() * divisor.signum()));
        }
        return parts[0];
    }

    private static void setExact(BigInteger value, int valueScale, WideDecimal result, int precision, int scale) {
        BigInteger rescaled = valueScale > scale
                ? divided(value, BigInteger.TEN.pow(valueScale - scale))
                : value.multiply(BigInteger.TEN.pow(scale - valueScale));
        if (rescaled.abs().compareTo(BigInteger.TEN.pow(precision)) >= 0) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
        Int128 exact = Int128.of(rescaled);
        result.set(exact.high(), exact.low());
    }
}
