package io.thalweg.jdbc.value;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects that nested values are for JDBC: a {@link java.sql.Array} for ARRAY, an unmodifiable {@link Map} in the order of
 * the keys for MAP, a {@link java.sql.Struct} for ROW. What is in them is of the classes that columns of its type have, but
 * that an ARRAY within another is an array of Java.
 */
final class NestedObjects {
    private NestedObjects() {}

    /** The object of a value. */
    static Object natural(SqlType type, byte[] bytes) {
        return switch (type.name()) {
            case ARRAY -> new ArrayValue(type, bytes);
            case MAP -> map(type, bytes);
            default -> new RowValue(type, bytes);
        };
    }

    /** The components of a value as rows. */
    static DeltaBatch components(SqlType type, byte[] bytes) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(NestedCells.rowType(type));
        NestedCells.append(type, bytes, 0, builder);
        return builder.build();
    }

    /** The elements of an array as an array of the class that columns of their type have. */
    static Object[] elements(SqlType type, byte[] bytes) {
        DeltaBatch elements = components(type, bytes);
        CellReader cells = new CellReader(NestedCells.rowType(type));
        @Nullable Object[] objects = newArray(type.component(0), elements.rowCount());
        for (int row = 0; row < objects.length; row++) {
            cells.moveTo(elements, row);
            objects[row] = component(cells, 0, type.component(0));
        }
        return objects;
    }

    /** The fields of a row, in their order. */
    static @Nullable Object[] fields(SqlType type, byte[] bytes) {
        CellReader cells = new CellReader(NestedCells.rowType(type));
        cells.moveTo(components(type, bytes), 0);
        @Nullable Object[] fields = new @Nullable Object[type.components().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = component(cells, i, type.component(i));
        }
        return fields;
    }

    private static Map<Object, @Nullable Object> map(SqlType type, byte[] bytes) {
        DeltaBatch entries = components(type, bytes);
        CellReader cells = new CellReader(NestedCells.rowType(type));
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int row = 0; row < entries.rowCount(); row++) {
            cells.moveTo(entries, row);
            Object key = component(cells, 0, type.component(0));
            if (key != null) {
                map.put(key, component(cells, 1, type.component(1)));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object component(CellReader cells, int column, SqlType type) {
        if (cells.isNull(column)) {
            return null;
        }
        Object value = CellObjects.natural(cells, column, type);
        return value instanceof ArrayValue array ? array.getArray() : value;
    }

    private static @Nullable Object[] newArray(SqlType element, int length) {
        return switch (element.name()) {
            case BOOLEAN -> new Boolean[length];
            case TINYINT, SMALLINT, INTEGER -> new Integer[length];
            case BIGINT -> new Long[length];
            case REAL -> new Float[length];
            case DOUBLE -> new Double[length];
            case DECIMAL -> new BigDecimal[length];
            case CHAR, VARCHAR -> new String[length];
            case VARBINARY -> new byte[length][];
            case DATE -> new Date[length];
            case TIME -> new Time[length];
            case TIMESTAMP -> new Timestamp[length];
            case TIMESTAMP_LTZ -> new OffsetDateTime[length];
            default -> new Object[length];
        };
    }
}
