package io.thalweg.server.format;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.expression.function.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows as CSV. A field is quoted where it must be: if it holds a delimiter, a quote or a line break, or would be taken for
 * NULL. Arrays, maps and rows are JSON.
 */
public final class CsvRowWriter implements RowWriter {
    private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

    private final CsvDialect dialect;
    private final byte[] nullText;
    private final CellEncoder[] cells;
    private final RowType type;
    private final TextOutput output;
    private final Slice text = new Slice();

    /** @param header whether the first line has the names of the columns */
    public CsvRowWriter(RowType type, CsvDialect dialect, boolean header, OutputStream target) {
        this.type = type;
        this.dialect = dialect;
        this.nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        this.output = new TextOutput(target);
        this.cells = new CellEncoder[type.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new CellEncoder(type.type(i));
        }
        if (header) {
            writeHeader();
        }
    }

    private void writeHeader() {
        for (int i = 0; i < type.size(); i++) {
            separate(i);
            writeField(Slice.of(type.field(i).name()));
        }
        output.put('\n');
    }

    private void separate(int column) {
        if (column > 0) {
            output.put(dialect.delimiter());
        }
    }

    @Override
    public void write(DeltaBatch rows) throws IOException {
        for (int row = 0; row < rows.rowCount(); row++) {
            for (int i = 0; i < cells.length; i++) {
                separate(i);
                writeCell(i, rows.column(i), row);
            }
            output.put('\n');
            output.passOn();
        }
    }

    private void writeCell(int index, Column column, int row) {
        if (column.isNull(row)) {
            output.put(nullText, 0, nullText.length);
        } else {
            cells[index].print(column, row, text);
            writeField(text);
        }
    }

    private void writeField(Slice field) {
        if (!needsQuotes(field)) {
            output.put(field);
            return;
        }
        byte quote = dialect.quote();
        output.put(quote);
        for (int at = field.start; at < field.start + field.length; at++) {
            if (field.data[at] == quote) {
                output.put(quote);
            }
            output.put(field.data[at]);
        }
        output.put(quote);
    }

    private boolean needsQuotes(Slice field) {
        int end = field.start + field.length;
        // What begins as a byte order mark does would be taken for one at the beginning of the file.
        if (field.length == 0
                || field.data[field.start] == BYTE_ORDER_MARK
                || Arrays.equals(field.data, field.start, end, nullText, 0, nullText.length)) {
            return true;
        }
        for (int at = field.start; at < end; at++) {
            byte next = field.data[at];
            if (next == dialect.delimiter() || next == dialect.quote() || next == '\n' || next == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void finish() throws IOException {
        output.flush();
    }
}
