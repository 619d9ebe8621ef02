package io.thalweg.server.format;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Values of one type as JSON. Numbers are JSON numbers with all their digits, NaN and the infinities strings, arrays
 * arrays, maps and rows objects; everything else is a string. One owner thread.
 */
final class JsonCellWriter {
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SqlType type;
    private final CellPrinter scalar;
    private final JsonCellWriter[] components;
    private final Slice text = new Slice();

    JsonCellWriter(SqlType type) {
        this.type = type;
        this.scalar = new CellPrinter(type);
        this.components = new JsonCellWriter[type.components().size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = new JsonCellWriter(type.component(i));
        }
    }

    void write(Column column, int row, TextOutput output) {
        if (column.isNull(row)) {
            output.put("null");
        } else if (type.name().isNested()) {
            writeNested((BytesColumn) column, row, output);
        } else {
            scalar.print(column, row, text);
            if (isLiteral(column, row)) {
                output.put(text);
            } else {
                writeString(text, output);
            }
        }
    }

    private boolean isLiteral(Column column, int row) {
        return type.name().isFloating()
                ? Double.isFinite(((DoubleColumn) column).value(row))
                : type.name().isNumeric() || type.name() == TypeName.BOOLEAN;
    }

    private void writeNested(BytesColumn column, int row, TextOutput output) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(NestedCells.rowType(type));
        NestedCells.append(type, column.data(), column.start(row), builder);
        DeltaBatch parts = builder.build();
        switch (type.name()) {
            case ARRAY -> {
                output.put('[');
                for (int i = 0; i < parts.rowCount(); i++) {
                    separate(i, output);
                    components[0].write(parts.column(0), i, output);
                }
                output.put(']');
            }
            case MAP -> {
                output.put('{');
                for (int i = 0; i < parts.rowCount(); i++) {
                    separate(i, output);
                    components[0].writeKey(parts.column(0), i, output);
                    components[1].write(parts.column(1), i, output);
                }
                output.put('}');
            }
            default -> {
                output.put('{');
                for (int i = 0; i < components.length; i++) {
                    separate(i, output);
                    writeName(type.components().get(i).name(), output);
                    components[i].write(parts.column(i), 0, output);
                }
                output.put('}');
            }
        }
    }

    private static void separate(int index, TextOutput output) {
        if (index > 0) {
            output.put(',');
        }
    }

    private void writeKey(Column column, int row, TextOutput output) {
        scalar.print(column, row, text);
        writeString(text, output);
        output.put(':');
    }

    /** Writes the name of a member and its colon. */
    static void writeName(String name, TextOutput output) {
        writeString(Slice.of(name), output);
        output.put(':');
    }

    private static void writeString(Slice value, TextOutput output) {
        output.put('"');
        int end = value.start + value.length;
        int from = value.start;
        for (int at = from; at < end; at++) {
            byte next = value.data[at];
            if (next == '"' || next == '\\' || next >= 0 && next < ' ') {
                output.put(value.data, from, at - from);
                escape(next, output);
                from = at + 1;
            }
        }
        output.put(value.data, from, end - from);
        output.put('"');
    }

    private static void escape(byte character, TextOutput output) {
        output.put('\\');
        switch (character) {
            case '"', '\\' -> output.put(character);
            case '\n' -> output.put('n');
            case '\r' -> output.put('r');
            case '\t' -> output.put('t');
            default -> {
                output.put("u00");
                output.put(HEXADECIMAL[character >> 4]);
                output.put(HEXADECIMAL[character & 0xF]);
            }
        }
    }
}
