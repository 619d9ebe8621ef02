package io.thalweg.model.nested;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@link NestedFormat} as objects and back, at the edges. An ARRAY and a ROW are a {@link List}, a MAP is a
 * {@link Map} in the order of its keys; any other value is what a {@code Literal} of its type holds.
 */
public final class NestedValues {
    private NestedValues() {}

    /** The object that a value is, which begins at an index. */
    public static Object decode(SqlType type, byte[] data, int start) {
        NestedReader reader = new NestedReader();
        reader.begin(data, start);
        return components(type, reader);
    }

    private static Object components(SqlType type, NestedReader reader) {
        switch (type.name()) {
            case ROW -> {
                List<@Nullable Object> fields = new ArrayList<>();
                for (Field field : type.components()) {
                    fields.add(next(field.type(), reader));
                }
                return fields;
            }
            case MAP -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                while (reader.next()) {
                    Object key = value(type.component(0), reader);
                    entries.put(key, next(type.component(1), reader));
                }
                return entries;
            }
            default -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (reader.next()) {
                    elements.add(reader.isNull() ? null : value(type.component(0), reader));
                }
                return elements;
            }
        }
    }

    private static @Nullable Object next(SqlType type, NestedReader reader) {
        reader.next();
        return reader.isNull() ? null : value(type, reader);
    }

    private static Object value(SqlType type, NestedReader reader) {
        if (type.name().isNested()) {
            return components(type, reader);
        }
        return switch (type.kind()) {
            case INT -> reader.readInt();
            case LONG -> reader.readLong();
            case DOUBLE -> reader.readDouble();
            case DECIMAL128 -> new Int128(reader.readLong(), reader.readBits());
            case BYTES -> {
                reader.readBytes(type);
                yield type.name().isText()
                        ? new String(reader.bytes(), reader.bytesStart(), reader.bytesLength(), StandardCharsets.UTF_8)
                        : reader.copyOfBytes();
            }
        };
    }

    /** The bytes of a list or a map as {@link #decode} gives it; the entries of a map may be in any order. */
    public static byte[] encode(SqlType type, Object value) {
        NestedWriter writer = new NestedWriter();
        writer.begin();
        if (type.name() == TypeName.MAP) {
            ((Map<?, ?>) value).forEach((key, entry) -> {
                writer.beginEntry();
                append(type.component(0), key, writer);
                writer.endKey();
                append(type.component(1), entry, writer);
            });
            writer.endMap();
            return writer.toBytes();
        }
        List<?> components = (List<?>) value;
        for (int i = 0; i < components.size(); i++) {
            append(type.component(type.name() == TypeName.ROW ? i : 0), components.get(i), writer);
        }
        if (type.name() == TypeName.ARRAY) {
            writer.endArray();
        }
        return writer.toBytes();
    }

    private static void append(SqlType type, @Nullable Object value, NestedWriter writer) {
        if (value == null) {
            writer.appendNull();
        } else if (value instanceof Integer number) {
            writer.appendInt(number);
        } else if (value instanceof Long number) {
            writer.appendLong(number);
        } else if (value instanceof Double number) {
            writer.appendDouble(number);
        } else if (value instanceof Int128 number) {
            writer.appendDecimal128(number.high(), number.low());
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writer.appendBytes(bytes, 0, bytes.length);
        } else if (value instanceof byte[] bytes) {
            writer.appendBytes(bytes, 0, bytes.length);
        } else {
            byte[] bytes = encode(type, value);
            writer.appendNested(bytes, 0, bytes.length);
        }
    }
}
