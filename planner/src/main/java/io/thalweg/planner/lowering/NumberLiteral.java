package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Literals of the number types, made from numbers and read back. */
final class NumberLiteral {
    private NumberLiteral() {}

    /** The literal of exactly this value; empty if the type has no such value. DOUBLE and REAL take the nearest. */
    static Optional<Literal> of(BigDecimal value, SqlType type) {
        Object held = switch (type.name()) {
            case TINYINT -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> bigint(value);
            case DECIMAL -> unscaled(value, type);
            case REAL -> finite((double) value.floatValue());
            case DOUBLE -> finite(value.doubleValue());
            default -> null;
        };
        return held == null ? Optional.empty() : Optional.of(new Literal(held, type.notNull()));
    }

    private static @Nullable Integer integer(BigDecimal value, int min, int max) {
        Long exact = bigint(value);
        return exact == null || exact < min || exact > max ? null : Integer.valueOf(exact.intValue());
    }

    private static @Nullable Long bigint(BigDecimal value) {
        // A huge exponent would be written out in full below.
        if (value.precision() - (long) value.scale() > 19) {
            return null;
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object unscaled(BigDecimal value, SqlType type) {
        if (value.precision() - (long) value.scale() > SqlType.MAX_DECIMAL_PRECISION) {
            return null;
        }
        BigDecimal scaled = value.stripTrailingZeros();
        if (scaled.scale() > type.scale()) {
            return null;
        }
        BigInteger digits = scaled.setScale(type.scale()).unscaledValue();
        if (new BigDecimal(digits).precision() > type.precision()) {
            return null;
        }
        return type.precision() <= SqlType.MAX_LONG_DECIMAL_PRECISION
                ? (Object) digits.longValueExact()
                : Int128.of(digits);
    }

    private static @Nullable Double finite(double value) {
        return Double.isInfinite(value) ? null : Double.valueOf(value);
    }

    /** The number of a literal; empty for NULL and for what is not a number. */
    static Optional<BigDecimal> value(Literal literal) {
        Object held = literal.value();
        SqlType type = literal.type();
        if (held == null || !type.name().isNumeric()) {
            return Optional.empty();
        }
        if (held instanceof Int128 wide) {
            return Optional.of(new BigDecimal(wide.toBigInteger(), type.scale()));
        }
        if (held instanceof Double number) {
            return Double.isNaN(number) || Double.isInfinite(number)
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(number));
        }
        return Optional.of(BigDecimal.valueOf(((Number) held).longValue(), type.scale()));
    }

    static ThalwegException outOfRange(BigDecimal value, SqlType type) {
        String digits = value.precision() > 40 ? value.round(new MathContext(6)).toString() : value.toString();
        return new ThalwegException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "number " + digits + " is out of range for type " + type.sqlText());
    }
}
