package io.thalweg.model.plan;

import io.thalweg.model.delta.OrderKey;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** The keys of the stored values that compare with a constant in some way. Comparison is that of the SQL type. */
final class ConstantRange {
    /** So many bytes of a text make its key. */
    private static final int KEY_BYTES = 16;

    private ConstantRange() {}

    static BlockCondition equal(int column, SqlType type, Literal constant) {
        return new BlockCondition.Between(column, key(type, constant, RoundingMode.CEILING), highest(type, constant));
    }

    static BlockCondition upTo(int column, SqlType type, Literal constant) {
        // CHAR compares without trailing spaces, which is not the order of the bytes: "a" is below "a\t" then, but not
        // with the spaces that fill it up. So only what lies below can be told.
        Int128 last = type.name() == TypeName.CHAR ? OrderKey.GREATEST : key(type, constant, RoundingMode.FLOOR);
        return new BlockCondition.Between(column, OrderKey.LEAST, last);
    }

    static BlockCondition from(int column, SqlType type, Literal constant) {
        return new BlockCondition.Between(column, key(type, constant, RoundingMode.CEILING), OrderKey.GREATEST);
    }

    /** The greatest key of a value that equals the constant: of a CHAR the one with all its spaces. */
    private static Int128 highest(SqlType type, Literal constant) {
        if (type.name() != TypeName.CHAR) {
            return key(type, constant, RoundingMode.FLOOR);
        }
        byte[] text = text(constant);
        byte[] filled = Arrays.copyOf(text, text.length + KEY_BYTES);
        Arrays.fill(filled, text.length, filled.length, (byte) ' ');
        return OrderKey.of(filled, 0, filled.length);
    }

    /** @param rounding to the scale of a column of DECIMAL that has fewer digits */
    private static Int128 key(SqlType type, Literal constant, RoundingMode rounding) {
        Object value = Objects.requireNonNull(constant.value());
        if (type.name() == TypeName.DECIMAL) {
            return decimal(value, constant.type().scale(), type.scale(), rounding);
        }
        return switch (constant.type().kind()) {
            case INT, LONG -> OrderKey.of(((Number) value).longValue());
            case DOUBLE -> OrderKey.of((Double) value);
            case BYTES -> {
                byte[] text = value instanceof byte[] binary ? binary : text(constant);
                yield OrderKey.of(text, 0, text.length);
            }
            case DECIMAL128 -> (Int128) value;
        };
    }

    private static byte[] text(Literal constant) {
        String text = Objects.requireNonNull(constant.value()).toString();
        return (constant.type().name() == TypeName.CHAR ? withoutTrailingSpaces(text) : text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String withoutTrailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Int128 decimal(Object value, int from, int to, RoundingMode rounding) {
        BigInteger unscaled =
                value instanceof Int128 wide ? wide.toBigInteger() : BigInteger.valueOf(((Number) value).longValue());
        BigInteger scaled =
                new BigDecimal(unscaled, from).setScale(to, rounding).unscaledValue();
        if (scaled.bitLength() > 127) {
            return scaled.signum() < 0 ? OrderKey.LEAST : OrderKey.GREATEST;
        }
        return Int128.of(scaled);
    }
}
