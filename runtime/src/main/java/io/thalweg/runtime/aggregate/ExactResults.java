package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigInteger;

/** Turns exact integer sums into the SUM and AVG of their type. Range is checked here and nowhere else. */
final class ExactResults {
    private static final long MAX_EXACT_DOUBLE = 1L << 53;

    private final int argumentScale;
    private final Digits digits = new Digits();

    /**
     * @param argumentScale the digits behind the point of what was summed: 0 for integers
     */
    ExactResults(int argumentScale) {
        this.argumentScale = argumentScale;
    }

    /** Appends the SUM or AVG of so many values, at least one, from a sum of 128 bits. */
    void append(long high, long low, long count, AggregateFunction function, SqlType type, ColumnBuilder out) {
        boolean isAverage = function == AggregateFunction.AVERAGE;
        if (type.name().isFloating()) {
            double value = quotient(high, low, isAverage ? count : 1);
            out.appendDouble(type.name() == TypeName.REAL ? (float) value : value);
        } else if (!isAverage && type.scale() == argumentScale) {
            appendSum(high, low, type, out);
        } else {
            BigInteger sum = new Int128(high, low).toBigInteger();
            appendScaled(sum, isAverage ? count : 1, function, type, out);
        }
    }

    /** Appends the SUM or AVG of so many values, at least one, from a sum of any width. */
    void append(BigInteger sum, long count, AggregateFunction function, SqlType type, ColumnBuilder out) {
        appendScaled(sum, function == AggregateFunction.AVERAGE ? count : 1, function, type, out);
    }

    private double quotient(long high, long low, long divisor) {
        if (high == low >> 63
                && Math.abs(low) <= MAX_EXACT_DOUBLE
                && low != Long.MIN_VALUE
                && divisor <= MAX_EXACT_DOUBLE) {
            // Both are exact doubles, so the division rounds once.
            return (double) low / (double) divisor;
        }
        boolean negative = digits.setInteger(high, low);
        if (divisor != 1) {
            digits.divide(divisor);
        }
        double magnitude = digits.round();
        return negative ? -magnitude : magnitude;
    }

    private static void appendSum(long high, long low, SqlType type, ColumnBuilder out) {
        if (type.kind() == PhysicalKind.DECIMAL128) {
            Int128 value = new Int128(high, low);
            Int128 bound = DecimalBounds.bound(type.precision());
            if (value.compareTo(bound) >= 0 || value.negate().compareTo(bound) >= 0) {
                throw outOfRange(AggregateFunction.SUM, type);
            }
            out.appendDecimal128(high, low);
            return;
        }
        if (high != low >> 63 || !fits(low, type)) {
            throw outOfRange(AggregateFunction.SUM, type);
        }
        appendLong(low, type, out);
    }

    private static boolean fits(long value, SqlType type) {
        if (type.name() == TypeName.DECIMAL) {
            long bound = DecimalBounds.bound(type.precision()).low();
            return value < bound && value > -bound;
        }
        return type.kind() == PhysicalKind.LONG || value == (int) value;
    }

    private static void appendLong(long value, SqlType type, ColumnBuilder out) {
        if (type.kind() == PhysicalKind.INT) {
            out.appendInt((int) value);
        } else {
            out.appendLong(value);
        }
    }

    private void appendScaled(BigInteger sum, long count, AggregateFunction function, SqlType type, ColumnBuilder out) {
        int shift = type.scale() - argumentScale;
        BigInteger numerator = shift > 0 ? sum.multiply(BigInteger.TEN.pow(shift)) : sum;
        BigInteger divisor = BigInteger.valueOf(count);
        if (shift < 0) {
            divisor = divisor.multiply(BigInteger.TEN.pow(-shift));
        }
        BigInteger[] parts = numerator.abs().divideAndRemainder(divisor);
        // Half away from zero, as everywhere for DECIMAL.
        boolean up = parts[1].shiftLeft(1).compareTo(divisor) >= 0;
        BigInteger magnitude = up ? parts[0].add(BigInteger.ONE) : parts[0];
        BigInteger value = numerator.signum() < 0 ? magnitude.negate() : magnitude;
        if (type.kind() == PhysicalKind.DECIMAL128) {
            if (magnitude.compareTo(DecimalBounds.bound(type.precision()).toBigInteger()) >= 0) {
                throw outOfRange(function, type);
            }
            out.appendDecimal128(Int128.of(value));
        } else {
            if (value.bitLength() > 63 || !fits(value.longValue(), type)) {
                throw outOfRange(function, type);
            }
            appendLong(value.longValue(), type, out);
        }
    }

    static ThalwegException outOfRange(AggregateFunction function, SqlType type) {
        String name = function == AggregateFunction.AVERAGE ? "AVG" : "SUM";
        return new ThalwegException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "the result of " + name + " is out of range for " + type.sqlText());
    }
}
