package io.thalweg.model.delta;

import io.thalweg.model.nested.NestedReader;
import io.thalweg.model.nested.NestedWriter;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;

/**
 * Nested values as batches of what they are made of: an ARRAY as rows of one column, a MAP as rows of key and value, a ROW as
 * one row of its fields.
 */
public final class NestedCells {
    private NestedCells() {}

    /** The columns of the components of a type. */
    public static RowType rowType(SqlType type) {
        return new RowType(type.components());
    }

    /** Appends the components of the value that begins at an index, and returns the index behind it. */
    public static int append(SqlType type, byte[] data, int start, DeltaBatchBuilder builder) {
        NestedReader reader = new NestedReader();
        reader.begin(data, start);
        int count = type.components().size();
        boolean row = type.name() == TypeName.ROW;
        while (reader.next()) {
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    reader.next();
                }
                append(type.component(i), reader, builder.column(i));
            }
            builder.endRow();
            if (row) {
                break;
            }
        }
        return reader.position();
    }

    /** Appends the component at which a reader stands. */
    public static void append(SqlType type, NestedReader reader, ColumnBuilder column) {
        if (reader.isNull()) {
            column.appendNull();
            return;
        }
        switch (type.kind()) {
            case INT -> column.appendInt(reader.readInt());
            case LONG -> column.appendLong(reader.readLong());
            case DOUBLE -> column.appendDouble(reader.readDouble());
            case DECIMAL128 -> {
                long high = reader.readLong();
                column.appendDecimal128(high, reader.readBits());
            }
            case BYTES -> {
                reader.readBytes(type);
                column.appendBytes(reader.bytes(), reader.bytesStart(), reader.bytesLength());
            }
        }
    }

    /** The bytes of the value that has these components. */
    public static byte[] value(SqlType type, DeltaBatch components) {
        NestedWriter writer = new NestedWriter();
        write(type, components, 0, components.rowCount(), writer);
        return writer.toBytes();
    }

    /** Writes the value that has the components of some rows. */
    public static void write(SqlType type, DeltaBatch components, int from, int to, NestedWriter writer) {
        boolean map = type.name() == TypeName.MAP;
        writer.begin();
        for (int row = from; row < to; row++) {
            if (map) {
                writer.beginEntry();
            }
            for (int i = 0; i < components.columnCount(); i++) {
                write(type.component(i), components.column(i), row, writer);
                if (map && i == 0) {
                    writer.endKey();
                }
            }
        }
        if (map) {
            writer.endMap();
        } else if (type.name() == TypeName.ARRAY) {
            writer.endArray();
        }
    }

    /** Appends a cell as a marked component. */
    public static void write(SqlType type, Column column, int row, NestedWriter writer) {
        if (column.isNull(row)) {
            writer.appendNull();
            return;
        }
        switch (column.kind()) {
            case INT -> writer.appendInt(((IntColumn) column).value(row));
            case LONG -> writer.appendLong(((LongColumn) column).value(row));
            case DOUBLE -> writer.appendDouble(((DoubleColumn) column).value(row));
            case DECIMAL128 -> {
                Decimal128Column wide = (Decimal128Column) column;
                writer.appendDecimal128(wide.high()[row], wide.low()[row]);
            }
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                if (type.name().isNested()) {
                    writer.appendNested(bytes.data(), bytes.start(row), bytes.length(row));
                } else {
                    writer.appendBytes(bytes.data(), bytes.start(row), bytes.length(row));
                }
            }
        }
    }
}
