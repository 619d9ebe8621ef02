package io.thalweg.jdbc.value;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an ARRAY, MAP or ROW that is given as an object of Java: a JDBC array or struct, a collection, an array, a map.
 * What is in it is converted as a parameter of the component's type would be.
 */
final class NestedParameters {
    private NestedParameters() {}

    /** The bytes of an object; empty if it is none for the type. */
    static byte @Nullable [] bytes(SqlType type, Object value) {
        if (value instanceof ArrayValue array && array.type().sameExceptNullability(type)) {
            return array.bytes();
        }
        if (value instanceof RowValue row && row.type().sameExceptNullability(type)) {
            return row.bytes();
        }
        if (type.name() == TypeName.MAP) {
            return value instanceof Map<?, ?> map ? map(type, map) : null;
        }
        Collection<?> components = components(value);
        if (components == null) {
            return null;
        }
        return type.name() == TypeName.ROW ? row(type, components) : array(type, components);
    }

    private static @Nullable Collection<?> components(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        } else if (value instanceof Object[] objects) {
            return Arrays.asList(objects);
        } else if (value instanceof int[] numbers) {
            return IntStream.of(numbers).boxed().toList();
        } else if (value instanceof long[] numbers) {
            return LongStream.of(numbers).boxed().toList();
        } else if (value instanceof double[] numbers) {
            return DoubleStream.of(numbers).boxed().toList();
        }
        return ofJdbc(value);
    }

    private static @Nullable Collection<?> ofJdbc(Object value) {
        try {
            if (value instanceof Array array) {
                return components(array.getArray());
            }
            return value instanceof Struct struct ? Arrays.asList(struct.getAttributes()) : null;
        } catch (SQLException e) {
            return null;
        }
    }

    private static byte[] array(SqlType type, Collection<?> elements) {
        Parts parts = new Parts(type);
        elements.forEach(element -> parts.add(Collections.singletonList(element)));
        return parts.bytes();
    }

    private static byte @Nullable [] row(SqlType type, Collection<?> fields) {
        if (fields.size() != type.components().size()) {
            return null;
        }
        Parts parts = new Parts(type);
        parts.add(Arrays.asList(fields.toArray()));
        return parts.bytes();
    }

    private static byte[] map(SqlType type, Map<?, ?> map) {
        Parts parts = new Parts(type);
        map.forEach((key, value) -> parts.add(Arrays.asList(key, value)));
        return parts.bytes();
    }

    /** The components of one value on their way to bytes. */
    private static final class Parts {
        private final SqlType type;
        private final ParameterRow row;
        private final DeltaBatchBuilder builder;

        Parts(SqlType type) {
            this.type = type;
            this.row =
                    new ParameterRow(type.components().stream().map(Field::type).toList());
            this.builder = new DeltaBatchBuilder(NestedCells.rowType(type));
        }

        void add(List<? extends @Nullable Object> components) {
            for (int i = 0; i < components.size(); i++) {
                Object component = components.get(i);
                if (component == null) {
                    row.setNull(i);
                } else {
                    ParameterObjects.set(row, i, component);
                }
            }
            row.appendTo(builder);
        }

        byte[] bytes() {
            return NestedCells.value(type, builder.build());
        }
    }
}
