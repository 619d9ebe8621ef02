package io.thalweg.model.delta;

import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows one column value by value. Only the methods of its kind may be called. Reusable: {@link #build()} hands out the
 * arrays and starts afresh.
 */
public final class ColumnBuilder {
    private static final int INITIAL_ROWS = 64;

    private final PhysicalKind kind;
    private int rowCount;
    private long @Nullable [] nulls;
    private int[] ints = {};
    private long[] longs = {};
    private long[] highs = {};
    private double[] doubles = {};
    private byte[] data = {};
    private int dataLength;
    private int[] starts = {};
    private int[] lengths = {};

    public ColumnBuilder(PhysicalKind kind) {
        this.kind = kind;
    }

    public PhysicalKind kind() {
        return kind;
    }

    public int rowCount() {
        return rowCount;
    }

    /** How many bytes of text or binary values have been appended since the last build. */
    public int dataLength() {
        return dataLength;
    }

    public void appendNull() {
        int row = rowCount;
        switch (kind) {
            case INT -> appendInt(0);
            case LONG -> appendLong(0);
            case DOUBLE -> appendDouble(0);
            case DECIMAL128 -> appendDecimal128(0, 0);
            case BYTES -> appendBytes(data, 0, 0);
        }
        long[] bitmap = nulls == null ? new long[1] : nulls;
        if (bitmap.length <= row >>> 6) {
            bitmap = Arrays.copyOf(bitmap, Math.max((row >>> 6) + 1, bitmap.length * 2));
        }
        bitmap[row >>> 6] |= 1L << row;
        nulls = bitmap;
    }

    public void appendInt(int value) {
        if (rowCount == ints.length) {
            ints = Arrays.copyOf(ints, grown(rowCount));
        }
        ints[rowCount++] = value;
    }

    public void appendBoolean(boolean value) {
        appendInt(value ? 1 : 0);
    }

    public void appendLong(long value) {
        if (rowCount == longs.length) {
            longs = Arrays.copyOf(longs, grown(rowCount));
        }
        longs[rowCount++] = value;
    }

    public void appendDouble(double value) {
        if (rowCount == doubles.length) {
            doubles = Arrays.copyOf(doubles, grown(rowCount));
        }
        doubles[rowCount++] = value;
    }

    public void appendDecimal128(long high, long low) {
        if (rowCount == longs.length) {
            longs = Arrays.copyOf(longs, grown(rowCount));
            highs = Arrays.copyOf(highs, longs.length);
        }
        longs[rowCount] = low;
        highs[rowCount++] = high;
    }

    public void appendDecimal128(Int128 value) {
        appendDecimal128(value.high(), value.low());
    }

    /** Appends a copy of the given bytes. */
    public void appendBytes(byte[] source, int start, int length) {
        if (rowCount == starts.length) {
            starts = Arrays.copyOf(starts, grown(rowCount));
            lengths = Arrays.copyOf(lengths, starts.length);
        }
        if (data.length - dataLength < length) {
            int needed = Math.addExact(dataLength, length);
            data = Arrays.copyOf(data, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, data.length * 2L)));
        }
        System.arraycopy(source, start, data, dataLength, length);
        starts[rowCount] = dataLength;
        lengths[rowCount++] = length;
        dataLength += length;
    }

    /** Appends a text as UTF-8. For the edges, not for per-row code. */
    public void appendText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        appendBytes(bytes, 0, bytes.length);
    }

    /** Appends the value of a row of another column of the same kind. */
    public void appendFrom(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
            return;
        }
        switch (kind) {
            case INT -> appendInt(((IntColumn) source).value(row));
            case LONG -> appendLong(((LongColumn) source).value(row));
            case DOUBLE -> appendDouble(((DoubleColumn) source).value(row));
            case DECIMAL128 -> {
                Decimal128Column column = (Decimal128Column) source;
                appendDecimal128(column.high()[row], column.low()[row]);
            }
            case BYTES -> {
                BytesColumn column = (BytesColumn) source;
                appendBytes(column.data(), column.start(row), column.length(row));
            }
        }
    }

    /** Takes back what was appended behind the first rows; does nothing if there are no more. */
    public void truncate(int rows) {
        if (rows >= rowCount) {
            return;
        }
        if (kind == PhysicalKind.BYTES) {
            dataLength = starts[rows];
        }
        long[] bitmap = nulls;
        if (bitmap != null) {
            for (int row = rows; row < rowCount && row >>> 6 < bitmap.length; row++) {
                bitmap[row >>> 6] &= ~(1L << row);
            }
        }
        rowCount = rows;
    }

    /** The column of all values appended since the last build. */
    public Column build() {
        if (nulls != null) {
            nulls = Arrays.copyOf(nulls, Column.nullWords(rowCount));
        }
        Column column = switch (kind) {
            case INT -> new IntColumn(rowCount, ints, nulls);
            case LONG -> new LongColumn(rowCount, longs, nulls);
            case DOUBLE -> new DoubleColumn(rowCount, doubles, nulls);
            case DECIMAL128 -> new Decimal128Column(rowCount, highs, longs, nulls);
            case BYTES -> new BytesColumn(rowCount, data, starts, lengths, nulls);
        };
        reset();
        return column;
    }

    private void reset() {
        rowCount = 0;
        nulls = null;
        ints = new int[0];
        longs = new long[0];
        highs = new long[0];
        doubles = new double[0];
        data = new byte[0];
        dataLength = 0;
        starts = new int[0];
        lengths = new int[0];
    }

    private static int grown(int size) {
        return size == 0 ? INITIAL_ROWS : Math.multiplyExact(size, 2);
    }
}
