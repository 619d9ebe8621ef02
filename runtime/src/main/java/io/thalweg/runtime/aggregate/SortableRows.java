package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.state.SortableBits;
import java.util.Arrays;
import java.util.List;

/**
 * Rows as bytes that compare as the rows do in an order, so that trees of bytes serve every order. Each key is a byte that
 * puts NULL before or behind, then the value with its highest byte first, all bits turned round where the key descends. Text
 * ends with two zeros, and a zero in it is followed by 255. The last four bytes tell where the last key begins, whose value
 * can be read back.
 */
final class SortableRows {
    private static final byte NULL_FIRST = 0;
    private static final byte VALUE = 1;
    private static final byte NULL_LAST = 2;
    private static final byte ESCAPE = (byte) 0xFF;

    private final List<SortKey> keys;
    private final SqlType[] types;
    private byte[] data = new byte[1024];
    private int length;
    private byte[] text = {};

    SortableRows(List<SortKey> keys, RowType input) {
        this.keys = List.copyOf(keys);
        this.types = keys.stream().map(key -> input.type(key.column())).toArray(SqlType[]::new);
    }

    /** The rows of a batch as a column of bytes. */
    BytesColumn encode(DeltaBatch batch) {
        int rows = batch.rowCount();
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        length = 0;
        for (int row = 0; row < rows; row++) {
            starts[row] = length;
            int last = length;
            for (int i = 0; i < types.length; i++) {
                last = length;
                encode(batch.column(keys.get(i).column()), row, keys.get(i), types[i]);
            }
            putInt(last - starts[row]);
            lengths[row] = length - starts[row];
        }
        return new BytesColumn(rows, data, starts, lengths, null);
    }

    private void encode(Column column, int row, SortKey key, SqlType type) {
        if (column.isNull(row)) {
            reserve(1);
            data[length++] = key.nullsFirst() ? NULL_FIRST : NULL_LAST;
            return;
        }
        reserve(1);
        data[length++] = VALUE;
        int from = length;
        switch (type.kind()) {
            case INT -> putInt(((IntColumn) column).value(row) ^ Integer.MIN_VALUE);
            case LONG -> putLong(((LongColumn) column).value(row) ^ Long.MIN_VALUE);
            case DOUBLE -> putLong(SortableBits.encode(((DoubleColumn) column).value(row)) ^ Long.MIN_VALUE);
            case DECIMAL128 -> {
                putLong(((Decimal128Column) column).high()[row] ^ Long.MIN_VALUE);
                putLong(((Decimal128Column) column).low()[row]);
            }
            case BYTES -> putBytes((BytesColumn) column, row, type);
        }
        if (key.descending()) {
            for (int i = from; i < length; i++) {
                data[i] = (byte) ~data[i];
            }
        }
    }

    private void putBytes(BytesColumn column, int row, SqlType type) {
        byte[] source = column.data();
        int start = column.start(row);
        int end = start + column.length(row);
        while (type.name() == TypeName.CHAR && end > start && source[end - 1] == ' ') {
            end--;
        }
        reserve(2L * (end - start) + 2);
        for (int i = start; i < end; i++) {
            data[length++] = source[i];
            if (source[i] == 0) {
                data[length++] = ESCAPE;
            }
        }
        data[length++] = 0;
        data[length++] = 0;
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            data[length++] = (byte) (value >>> shift);
        }
    }

    private void putLong(long value) {
        putInt((int) (value >>> Integer.SIZE));
        putInt((int) value);
    }

    private void reserve(long bytes) {
        if (length + bytes > data.length) {
            data = Arrays.copyOf(data, Math.toIntExact(Math.max(length + bytes, 2L * data.length)));
        }
    }

    /** Appends the value of the last key, which ascends, of an encoded row. */
    void appendLast(byte[] source, int start, int rowLength, ColumnBuilder out) {
        int at = start + intAt(source, start + rowLength - Integer.BYTES);
        if (source[at] != VALUE) {
            out.appendNull();
            return;
        }
        int from = at + 1;
        switch (out.kind()) {
            case INT -> out.appendInt(intAt(source, from) ^ Integer.MIN_VALUE);
            case LONG -> out.appendLong(longAt(source, from) ^ Long.MIN_VALUE);
            case DOUBLE -> out.appendDouble(SortableBits.decode(longAt(source, from) ^ Long.MIN_VALUE));
            case DECIMAL128 ->
                out.appendDecimal128(longAt(source, from) ^ Long.MIN_VALUE, longAt(source, from + Long.BYTES));
            case BYTES -> {
                int size = readText(source, from, start + rowLength - Integer.BYTES - 2);
                out.appendBytes(text, 0, size);
            }
        }
    }

    /** Reads the text of the last key into {@link #text()}; the result is its length. */
    int lastText(byte[] source, int start, int rowLength) {
        int at = start + intAt(source, start + rowLength - Integer.BYTES);
        return readText(source, at + 1, start + rowLength - Integer.BYTES - 2);
    }

    byte[] text() {
        return text;
    }

    private int readText(byte[] source, int from, int to) {
        if (text.length < to - from) {
            text = new byte[2 * (to - from)];
        }
        int size = 0;
        for (int i = from; i < to; i++) {
            text[size++] = source[i];
            if (source[i] == 0) {
                i++;
            }
        }
        return size;
    }

    private static int intAt(byte[] source, int at) {
        return source[at] << 24 | (source[at + 1] & 0xFF) << 16 | (source[at + 2] & 0xFF) << 8 | source[at + 3] & 0xFF;
    }

    private static long longAt(byte[] source, int at) {
        return (long) intAt(source, at) << Integer.SIZE | intAt(source, at + Integer.BYTES) & 0xFFFFFFFFL;
    }
}
