package io.thalweg.runtime.expression.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Functions of DOUBLE. An argument for which a function has no value (the root or logarithm of a negative number) is an
 * error, and so is a finite argument with an infinite result; NaN stays NaN. The results are those of
 * {@link StrictMath}, the same on every machine.
 */
public final class MathFunctions {
    private static final double LN_2 = StrictMath.log(2);

    private MathFunctions() {}

    public static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (base < 0 && !Double.isInfinite(base) && exponent != Math.rint(exponent) && !Double.isNaN(exponent)) {
            throw undefined("a fractional power of the negative number " + base);
        }
        double result = StrictMath.pow(base, exponent);
        if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw EvaluationErrors.outOfRange("DOUBLE");
        }
        return result;
    }

    public static double squareRoot(double value) {
        if (value < 0) {
            throw undefined("the square root of the negative number " + value);
        }
        return Math.sqrt(value);
    }

    public static double exponential(double value) {
        return checked(StrictMath.exp(value), value);
    }

    public static double logarithm(double value) {
        return StrictMath.log(positive(value));
    }

    public static double logarithm10(double value) {
        return StrictMath.log10(positive(value));
    }

    public static double sine(double value) {
        return StrictMath.sin(finite(value));
    }

    public static double cosine(double value) {
        return StrictMath.cos(finite(value));
    }

    public static double tangent(double value) {
        return StrictMath.tan(finite(value));
    }

    public static double arcSine(double value) {
        return StrictMath.asin(unit(value));
    }

    public static double arcCosine(double value) {
        return StrictMath.acos(unit(value));
    }

    public static double arcTangent(double value) {
        return StrictMath.atan(value);
    }

    public static double arcTangent2(double y, double x) {
        return StrictMath.atan2(y, x);
    }

    public static double degrees(double value) {
        return checked(StrictMath.toDegrees(value), value);
    }

    public static double radians(double value) {
        return StrictMath.toRadians(value);
    }

    public static double hyperbolicSine(double value) {
        return checked(StrictMath.sinh(value), value);
    }

    public static double hyperbolicCosine(double value) {
        return checked(StrictMath.cosh(value), value);
    }

    public static double hyperbolicTangent(double value) {
        return StrictMath.tanh(value);
    }

    /** The inverse of the hyperbolic sine. */
    public static double areaSine(double value) {
        double size = Math.abs(value);
        double result;
        if (size > 0x1p28) {
            result = StrictMath.log(size) + LN_2;
        } else {
            double square = size * size;
            result = StrictMath.log1p(size + square / (1 + Math.sqrt(square + 1)));
        }
        return Math.copySign(result, value);
    }

    /** The inverse of the hyperbolic cosine, of 1 and more. */
    public static double areaCosine(double value) {
        if (value < 1) {
            throw undefined("the inverse hyperbolic cosine of " + value);
        }
        if (value > 0x1p28) {
            return StrictMath.log(value) + LN_2;
        }
        double above = value - 1;
        return StrictMath.log1p(above + Math.sqrt(2 * above + above * above));
    }

    /** The inverse of the hyperbolic tangent, of what is between -1 and 1. */
    public static double areaTangent(double value) {
        if (value <= -1 || value >= 1) {
            throw undefined("the inverse hyperbolic tangent of " + value);
        }
        double size = Math.abs(value);
        return Math.copySign(0.5 * StrictMath.log1p(2 * size / (1 - size)), value);
    }

    public static double cubeRoot(double value) {
        return StrictMath.cbrt(value);
    }

    /** Exact for powers of two. */
    public static double logarithm2(double value) {
        double argument = positive(value);
        int exponent = Math.getExponent(argument);
        boolean isPower = exponent >= Double.MIN_EXPONENT
                && exponent <= Double.MAX_EXPONENT
                && argument == Math.scalb(1.0, exponent);
        return isPower ? exponent : StrictMath.log(argument) / StrictMath.log(2);
    }

    /** To so many digits after the point, by the decimal digits of the number; half away from zero. */
    public static double round(double value, int digits) {
        return rounded(value, digits, RoundingMode.HALF_UP);
    }

    public static double truncate(double value, int digits) {
        return rounded(value, digits, RoundingMode.DOWN);
    }

    public static double round(double value) {
        double whole = truncate(value);
        return Math.abs(value - whole) >= 0.5 ? whole + Math.signum(value) : whole;
    }

    public static double truncate(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    private static double rounded(double value, int digits, RoundingMode mode) {
        if (Double.isNaN(value) || Double.isInfinite(value) || digits > 340) {
            return value;
        }
        if (digits < -310) {
            return 0;
        }
        return checked(BigDecimal.valueOf(value).setScale(digits, mode).doubleValue(), value);
    }

    public static long round(long value, int digits) {
        return integer(value, digits, Rounding.HALF_AWAY);
    }

    public static long truncate(long value, int digits) {
        return integer(value, digits, Rounding.TOWARDS_ZERO);
    }

    private static long integer(long value, int digits, Rounding rounding) {
        if (digits >= 0) {
            return value;
        }
        if (digits < -WideArithmetic.MAX_LONG_POWER) {
            // Only 10^19 is near enough to round to, and it is no BIGINT.
            boolean up =
                    digits == -19 && rounding == Rounding.HALF_AWAY && Math.abs(value / 10) >= 500_000_000_000_000_000L;
            if (up) {
                throw EvaluationErrors.outOfRange("BIGINT");
            }
            return 0;
        }
        long power = WideArithmetic.longPower(-digits);
        return ArithmeticFunctions.multiply(DecimalFunctions.cut(value, -digits, rounding), power);
    }

    private static double positive(double value) {
        if (value <= 0) {
            throw undefined("the logarithm of " + value);
        }
        return value;
    }

    private static double unit(double value) {
        if (value < -1 || value > 1) {
            throw undefined("the arc function of " + value);
        }
        return value;
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw undefined("an angle function of " + value);
        }
        return value;
    }

    private static double checked(double result, double argument) {
        if (Double.isInfinite(result) && !Double.isInfinite(argument)) {
            throw EvaluationErrors.outOfRange("DOUBLE");
        }
        return result;
    }

    private static RuntimeException undefined(String what) {
        return EvaluationErrors.argument(what + " is not defined");
    }
}
