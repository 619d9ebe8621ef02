package io.thalweg.jdbc.metadata;

import io.thalweg.jdbc.client.FixedRows;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small table of metadata, built row by row, with columns of VARCHAR, INTEGER, SMALLINT and BOOLEAN. */
public final class MetaDataTable {
    private final RowType type;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    private MetaDataTable(RowType type) {
        this.type = type;
    }

    /** A table of the named columns; a column that is no VARCHAR says so: {@code "TYPE_NAME DATA_TYPE:integer"}. */
    public static MetaDataTable of(String columns) {
        List<Field> fields = new ArrayList<>();
        for (String column : columns.trim().split("\\s+")) {
            int colon = column.indexOf(':');
            fields.add(
                    colon < 0
                            ? new Field(column, SqlType.VARCHAR)
                            : new Field(column.substring(0, colon), typeOf(column.substring(colon + 1))));
        }
        return new MetaDataTable(new RowType(fields));
    }

    private static SqlType typeOf(String name) {
        return switch (name) {
            case "integer" -> SqlType.INTEGER;
            case "smallint" -> SqlType.SMALLINT;
            case "bigint" -> SqlType.BIGINT;
            case "boolean" -> SqlType.BOOLEAN;
            default -> throw new IllegalArgumentException("metadata have no columns of type " + name);
        };
    }

    /** Adds a row: a String, a Number, a Boolean or null for each column. */
    public void add(@Nullable Object... values) {
        if (values.length != type.size()) {
            throw new IllegalArgumentException(values.length + " values for " + type.size() + " columns");
        }
        rows.add(values);
    }

    /** Orders the rows by these columns, counted from 1; null goes first. */
    public MetaDataTable sortedBy(int... columns) {
        rows.sort((left, right) -> {
            int order = 0;
            for (int i = 0; order == 0 && i < columns.length; i++) {
                order = CELLS.compare(left[columns[i] - 1], right[columns[i] - 1]);
            }
            return order;
        });
        return this;
    }

    private static final Comparator<@Nullable Object> CELLS = (left, right) -> {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        if (left instanceof Number one && right instanceof Number other) {
            return Long.compare(one.longValue(), other.longValue());
        }
        return String.valueOf(left).compareTo(String.valueOf(right));
    };

    /** The rows as the source of a result. */
    public FixedRows toRows() {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                append(builder.column(i), row[i]);
            }
            builder.endRow();
        }
        return new FixedRows(type, builder.build());
    }

    private static void append(ColumnBuilder column, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (value instanceof String text) {
            column.appendText(text);
        } else if (value instanceof Boolean truth) {
            column.appendBoolean(truth);
        } else if (value instanceof Long number) {
            column.appendLong(number);
        } else if (value instanceof Number number) {
            column.appendInt(number.intValue());
        } else {
            throw new IllegalArgumentException("metadata have no values of class " + value.getClass());
        }
    }
}
