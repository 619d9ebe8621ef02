package io.thalweg.model.delta;

import java.util.Arrays;

/** Writes one column as a section of a block, in the encoding that suits its values. */
final class ColumnEncoder {
    static final int PACKED = 0;
    static final int RAW = 1;
    static final int DICTIONARY = 2;
    static final int FLAG_NULLS = 1;

    private ColumnEncoder() {}

    static void encode(Column column, BlockWriter writer) {
        writer.putByte(column.kind().ordinal());
        switch (column.kind()) {
            case INT -> encodeInts((IntColumn) column, writer);
            case LONG -> encodeLongs((LongColumn) column, writer);
            case DOUBLE -> encodeDoubles((DoubleColumn) column, writer);
            case DECIMAL128 -> encodeDecimals((Decimal128Column) column, writer);
            case BYTES -> encodeBytes((BytesColumn) column, writer);
        }
    }

    private static void putHeader(int encoding, Column column, BlockWriter writer) {
        long[] nulls = column.nulls();
        writer.putByte(encoding);
        writer.putByte(nulls == null ? 0 : FLAG_NULLS);
        if (nulls != null) {
            for (int i = 0; i < Column.nullWords(column.rowCount()); i++) {
                writer.putLong(nulls[i]);
            }
        }
    }

    private static void encodeInts(IntColumn column, BlockWriter writer) {
        putHeader(PACKED, column, writer);
        int rows = column.rowCount();
        long[] values = new long[rows];
        int[] ints = column.values();
        for (int i = 0; i < rows; i++) {
            values[i] = ints[i];
        }
        clearNulls(values, column);
        pack(values, rows, writer);
    }

    private static void encodeLongs(LongColumn column, BlockWriter writer) {
        putHeader(PACKED, column, writer);
        int rows = column.rowCount();
        long[] values = column.values();
        if (column.nulls() != null) {
            values = Arrays.copyOf(values, rows);
            clearNulls(values, column);
        }
        pack(values, rows, writer);
    }

    /** Gives NULLs a value that costs no bits: the one of the first row that has one. */
    private static void clearNulls(long[] values, Column column) {
        if (column.nulls() == null) {
            return;
        }
        long filler = 0;
        for (int i = 0; i < column.rowCount(); i++) {
            if (!column.isNull(i)) {
                filler = values[i];
                break;
            }
        }
        for (int i = 0; i < column.rowCount(); i++) {
            if (column.isNull(i)) {
                values[i] = filler;
            }
        }
    }

    private static void pack(long[] values, int count, BlockWriter writer) {
        long min = count == 0 ? 0 : Long.MAX_VALUE;
        long max = count == 0 ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        // A span that overflows is negative as a signed number, so it has 64 significant bits, which is right.
        int width = Long.SIZE - Long.numberOfLeadingZeros(max - min);
        writer.putPacked(values, count, min, width > 56 ? Long.SIZE : width);
    }

    private static void encodeDoubles(DoubleColumn column, BlockWriter writer) {
        putHeader(RAW, column, writer);
        double[] values = column.values();
        for (int i = 0; i < column.rowCount(); i++) {
            writer.putLong(Double.doubleToRawLongBits(values[i]));
        }
    }

    private static void encodeDecimals(Decimal128Column column, BlockWriter writer) {
        int rows = column.rowCount();
        long[] high = column.high();
        long[] low = column.low();
        boolean small = true;
        for (int i = 0; i < rows && small; i++) {
            small = column.isNull(i) || high[i] == low[i] >> 63;
        }
        if (small) {
            putHeader(PACKED, column, writer);
            long[] values = Arrays.copyOf(low, rows);
            clearNulls(values, column);
            pack(values, rows, writer);
            return;
        }
        putHeader(RAW, column, writer);
        for (int i = 0; i < rows; i++) {
            writer.putLong(high[i]);
            writer.putLong(low[i]);
        }
    }

    private static void encodeBytes(BytesColumn column, BlockWriter writer) {
        SliceDictionary dictionary = SliceDictionary.of(column);
        if (dictionary == null) {
            putHeader(PACKED, column, writer);
            putSlices(column, writer);
            return;
        }
        putHeader(DICTIONARY, column, writer);
        writer.putInt(dictionary.size());
        putSlices(dictionary.entries(), writer);
        pack(dictionary.codes(), column.rowCount(), writer);
    }

    private static void putSlices(BytesColumn column, BlockWriter writer) {
        int rows = column.rowCount();
        long[] sizes = new long[rows];
        int total = 0;
        for (int i = 0; i < rows; i++) {
            int length = column.isNull(i) ? 0 : column.length(i);
            sizes[i] = length;
            total = Math.addExact(total, length);
        }
        pack(sizes, rows, writer);
        writer.putInt(total);
        for (int i = 0; i < rows; i++) {
            if (sizes[i] != 0) {
                writer.putBytes(column.data(), column.start(i), (int) sizes[i]);
            }
        }
    }
}
