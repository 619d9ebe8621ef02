package io.thalweg.model.expression;

import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A constant. The value is null for NULL, otherwise, by the kind of the type: {@link Integer} for INT, {@link Long} for
 * LONG, {@link Double} for DOUBLE, {@link Int128} for DECIMAL128, {@link String} for CHAR and VARCHAR, {@code byte[]} for
 * VARBINARY, ARRAY, MAP and ROW, in the units of {@link io.thalweg.model.type.PhysicalKind}.
 */
public record Literal(@Nullable Object value, SqlType type) implements ScalarExpression {
    public Literal {
        if (value != null && !value.getClass().equals(valueClass(type))) {
            throw new IllegalArgumentException("a literal of type " + type + " cannot hold a "
                    + value.getClass().getSimpleName());
        }
    }

    /** The NULL of a type. */
    public static Literal nullOf(SqlType type) {
        return new Literal(null, type.withNullable(true));
    }

    /** A BOOLEAN literal. */
    public static Literal of(boolean value) {
        return new Literal(value ? 1 : 0, SqlType.BOOLEAN.notNull());
    }

    /** A BIGINT literal. */
    public static Literal of(long value) {
        return new Literal(value, SqlType.BIGINT.notNull());
    }

    /** An INTEGER literal. */
    public static Literal of(int value) {
        return new Literal(value, SqlType.INTEGER.notNull());
    }

    /** A VARCHAR literal. */
    public static Literal of(String value) {
        return new Literal(value, SqlType.VARCHAR.notNull());
    }

    private static Class<?> valueClass(SqlType type) {
        return switch (type.kind()) {
            case INT -> Integer.class;
            case LONG -> Long.class;
            case DOUBLE -> Double.class;
            case DECIMAL128 -> Int128.class;
            case BYTES -> type.name().isText() ? String.class : byte[].class;
        };
    }

    public boolean isNull() {
        return value == null;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitLiteral(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Literal literal
                && type.equals(literal.type)
                && Objects.deepEquals(value, literal.value);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode()
                + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value));
    }
}
