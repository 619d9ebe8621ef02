package io.thalweg.server.format;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows as CSV records, without the line break behind them. What stands without quotes and equals the dialect's text for
 * NULL is NULL; arrays, maps and rows are JSON. One owner thread.
 */
public final class CsvRowDecoder implements RowDecoder {
    private final RowSchema schema;
    private final CsvFields fields;
    private final byte[] nullText;
    /** The column of each field; -1 for one that nobody wants. */
    private final int[] columnOf;

    private final CellDecoder[] cells;
    private final Slice text = new Slice();

    /** @param columnOf the column of the schema for each field of a record, -1 for none; each column is there once */
    public CsvRowDecoder(RowSchema schema, CsvDialect dialect, int[] columnOf) {
        this.schema = schema;
        this.fields = new CsvFields(dialect);
        this.nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        this.columnOf = columnOf.clone();
        int size = schema.type().size();
        this.cells = new CellDecoder[size];
        for (int i = 0; i < size; i++) {
            cells[i] = new CellDecoder(schema.type().type(i));
        }
    }

    @Override
    public void decode(byte[] data, int start, int length, DeltaBatchBuilder rows) {
        fields.split(data, start, length);
        if (fields.count() != columnOf.length) {
            throw new UndecodableRow(
                    ErrorCode.CAST_FAILURE,
                    "there are " + fields.count() + " fields instead of " + columnOf.length,
                    length);
        }
        boolean decoded = false;
        try {
            for (int i = 0; i < columnOf.length; i++) {
                if (columnOf[i] >= 0) {
                    decodeField(i, columnOf[i], rows.column(columnOf[i]));
                }
            }
            decoded = true;
        } finally {
            if (!decoded) {
                rows.undoRow();
            }
        }
        rows.endRow();
    }

    private void decodeField(int field, int column, ColumnBuilder builder) {
        byte[] data = fields.data(field);
        int start = fields.start(field);
        int end = start + fields.length(field);
        boolean isNull = !fields.isQuoted(field) && Arrays.equals(data, start, end, nullText, 0, nullText.length);
        if (isNull) {
            if (!schema.takesNull(column)) {
                throw schema.nullRefused(column, fields.offset(field));
            }
            builder.appendNull();
            return;
        }
        try {
            text.set(data, start, end - start);
            cells[column].append(text, builder);
        } catch (ThalwegException failure) {
            throw schema.refused(column, failure, fields.offset(field));
        }
    }

    /** The fields of a record as texts, such as the names in a header. */
    public static String[] texts(CsvDialect dialect, byte[] data, int start, int length) {
        CsvFields fields = new CsvFields(dialect);
        fields.split(data, start, length);
        String[] texts = new String[fields.count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new String(fields.data(i), fields.start(i), fields.length(i), StandardCharsets.UTF_8);
        }
        return texts;
    }
}
