package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.type.TypeTranslator;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Translates Calcite's literals to ours. */
final class LiteralTranslator {
    private static final int MICROS_PER_MILLI = 1_000;

    private LiteralTranslator() {}

    static Literal toModel(RexLiteral literal) {
        SqlType type = TypeTranslator.toModel(literal.getType());
        if (literal.isNull()) {
            return Literal.nullOf(type);
        }
        return switch (type.name()) {
            case BOOLEAN -> Literal.of(value(literal, Boolean.class));
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> number(literal, type);
            case CHAR, VARCHAR -> new Literal(wellFormed(value(literal, String.class)), type);
            case VARBINARY -> new Literal(value(literal, ByteString.class).getBytes(), type);
            case DATE -> new Literal(value(literal, DateString.class).getDaysSinceEpoch(), type);
            case TIME ->
                new Literal(
                        DateTimeText.microsOfDay(
                                value(literal, TimeString.class).toString()),
                        type);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                new Literal(
                        DateTimeText.epochMicros(
                                value(literal, TimestampString.class).toString()),
                        type);
            case INTERVAL_MONTHS -> new Literal(value(literal, BigDecimal.class).intValueExact(), type);
            case INTERVAL_MICROS -> interval(value(literal, BigDecimal.class), type);
            case NULL -> Literal.nullOf(type);
            case ARRAY, MAP, ROW -> throw new IllegalStateException("a literal of type " + type);
        };
    }

    private static <T> T value(RexLiteral literal, Class<T> type) {
        return Objects.requireNonNull(literal.getValueAs(type), "a literal without a value");
    }

    /** The text, unless it cannot be written as UTF-8. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new ThalwegException(
                        ErrorCode.CHARACTER_ENCODING, "a text literal holds half of a surrogate pair");
            }
        }
        return text;
    }

    private static Literal number(RexLiteral literal, SqlType type) {
        if (literal.getValue() instanceof Double floating && !Double.isFinite(floating)) {
            // What was written has more digits before the point than the type has.
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "a number is out of range for type " + type.sqlText());
        }
        BigDecimal value = value(literal, BigDecimal.class);
        return NumberLiteral.of(value, type).orElseThrow(() -> NumberLiteral.outOfRange(value, type));
    }

    private static Literal interval(BigDecimal millis, SqlType type) {
        try {
            return new Literal(
                    millis.multiply(BigDecimal.valueOf(MICROS_PER_MILLI)).longValueExact(), type);
        } catch (ArithmeticException e) {
            throw new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "an interval literal is out of range", e);
        }
    }
}
