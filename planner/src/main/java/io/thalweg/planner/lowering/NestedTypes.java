package io.thalweg.planner.lowering;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.nested.NestedValues;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ARRAY, MAP and ROW types beside each other, and literals of them. */
final class NestedTypes {
    private NestedTypes() {}

    /** The type that holds all values of two, of which one at least is nested; empty if there is none. */
    static Optional<SqlType> common(SqlType left, SqlType right) {
        if (left.name() == TypeName.NULL || right.name() == TypeName.NULL) {
            return Optional.of(left.name() == TypeName.NULL ? right : left);
        }
        if (left.name() != right.name()
                || left.components().size() != right.components().size()) {
            return Optional.empty();
        }
        List<SqlType> components = new ArrayList<>();
        for (int i = 0; i < left.components().size(); i++) {
            Optional<SqlType> common = commonComponent(left.component(i), right.component(i));
            if (common.isEmpty()) {
                return Optional.empty();
            }
            components.add(common.get());
        }
        return Optional.of(left.withComponents(components));
    }

    /** Equal values must have equal bytes, so DECIMALs are brought to the digits of both. */
    private static Optional<SqlType> commonComponent(SqlType left, SqlType right) {
        return Coercion.comparable(left, right).map(common -> switch (common.name()) {
            case DECIMAL -> wider(Coercion.asDecimal(left), Coercion.asDecimal(right));
            case VARCHAR, VARBINARY -> new SqlType(common.name(), SqlType.UNLIMITED, 0, true);
            default -> common;
        });
    }

    private static SqlType wider(SqlType left, SqlType right) {
        if (left.name() != TypeName.DECIMAL || right.name() != TypeName.DECIMAL) {
            return left.name() == TypeName.DECIMAL ? left : right;
        }
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        int scale = Math.max(left.scale(), right.scale());
        int precision = Math.min(whole + scale, SqlType.MAX_DECIMAL_PRECISION);
        return SqlType.decimal(precision, Math.min(scale, precision));
    }

    /** The literal as one of another nested type, if all that is in it can be converted without loss. */
    static Optional<Literal> fold(Literal literal, SqlType target) {
        if (!Coercion.exists(literal.type(), target) || !target.name().isNested()) {
            return Optional.empty();
        }
        Object value = NestedValues.decode(literal.type(), bytes(literal), 0);
        return Optional.ofNullable(folded(value, literal.type(), target))
                .map(v -> new Literal(NestedValues.encode(target, v), target.notNull()));
    }

    private static byte[] bytes(Literal literal) {
        return literal.value() instanceof byte[] bytes ? bytes : new byte[0];
    }

    /** The object converted, or null if it cannot be. */
    private static @Nullable Object folded(Object value, SqlType from, SqlType to) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object key = folded(entry.getKey(), from.component(0), to.component(0));
                Object entryValue =
                        entry.getValue() == null ? null : folded(entry.getValue(), from.component(1), to.component(1));
                if (key == null || (entryValue == null && entry.getValue() != null)) {
                    return null;
                }
                entries.put(key, entryValue);
            }
            return entries;
        }
        if (!(value instanceof List<?> list)) {
            return Coercion.fold(new Literal(value, from.notNull()), to)
                    .map(Literal::value)
                    .orElse(null);
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int component = from.name() == TypeName.ROW ? i : 0;
            Object element = list.get(i);
            Object converted =
                    element == null ? null : folded(element, from.component(component), to.component(component));
            if (converted == null && element != null) {
                return null;
            }
            elements.add(converted);
        }
        return elements;
    }

    /** The literal of a nested type that is made of literals of its components' types; the key of a map before its value. */
    static Literal literal(SqlType type, List<Literal> parts) {
        if (type.name() != TypeName.MAP) {
            List<@Nullable Object> values = new ArrayList<>();
            parts.forEach(part -> values.add(object(part)));
            return new Literal(NestedValues.encode(type, values), type.notNull());
        }
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i += 2) {
            entries.put(object(parts.get(i)), object(parts.get(i + 1)));
        }
        return new Literal(NestedValues.encode(type, entries), type.notNull());
    }

    private static @Nullable Object object(Literal literal) {
        return literal.type().name().isNested() && !literal.isNull()
                ? NestedValues.decode(literal.type(), bytes(literal), 0)
                : literal.value();
    }
}
