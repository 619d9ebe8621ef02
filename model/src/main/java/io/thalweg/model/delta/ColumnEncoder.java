package io.thalweg.model.delta;

import java.util.Arrays;

/** Writes columns as sections of a block, each in the encoding that suits its values. */
final class ColumnEncoder {
    static final int PACKED = 0;
    static final int RAW = 1;
    static final int DICTIONARY = 2;
    static final int SCALED = 3;
    static final int DELTA = 4;
    static final int DECIMAL = 5;
    static final int FLAG_NULLS = 1;
    static final int TEXT_PLAIN = 0;
    static final int TEXT_COMPRESSED = 1;

    /** Doubles that take more bits than this as integers stay as they are: dividing costs more than reading them. */
    private static final int MAX_DECIMAL_WIDTH = 44;
    /** Less text than this is not compressed. */
    private static final int MIN_COMPRESSED_BYTES = 512;

    private final BlockWriter writer;
    private final boolean stored;
    private final BlockCompression compression;

    /**
     * @param stored whether the block will be read more often than it is written, so that a search for a smaller form
     *     pays
     */
    ColumnEncoder(BlockWriter writer, boolean stored, BlockCompression compression) {
        this.writer = writer;
        this.stored = stored;
        this.compression = compression;
    }

    void encode(Column column) {
        writer.putByte(column.kind().ordinal());
        switch (column.kind()) {
            case INT -> encodeInts((IntColumn) column);
            case LONG -> encodeLongs((LongColumn) column);
            case DOUBLE -> encodeDoubles((DoubleColumn) column);
            case DECIMAL128 -> encodeDecimals((Decimal128Column) column);
            case BYTES -> encodeBytes((BytesColumn) column);
        }
    }

    private void putHeader(int encoding, Column column) {
        long[] nulls = column.nulls();
        writer.putByte(encoding);
        writer.putByte(nulls == null ? 0 : FLAG_NULLS);
        if (nulls != null) {
            for (int i = 0; i < Column.nullWords(column.rowCount()); i++) {
                writer.putLong(nulls[i]);
            }
        }
    }

    private void encodeInts(IntColumn column) {
        int rows = column.rowCount();
        long[] values = new long[rows];
        int[] ints = column.values();
        for (int i = 0; i < rows; i++) {
            values[i] = ints[i];
        }
        clearNulls(values, column);
        putNumbers(values, column);
    }

    private void encodeLongs(LongColumn column) {
        long[] values = column.values();
        if (column.nulls() != null) {
            values = Arrays.copyOf(values, column.rowCount());
            clearNulls(values, column);
        }
        putNumbers(values, column);
    }

    private void putNumbers(long[] values, Column column) {
        int rows = column.rowCount();
        NumberEncoding numbers = stored ? NumberEncoding.smallest(values, rows) : NumberEncoding.plain(values, rows);
        putHeader(numbers.encoding(), column);
        numbers.write(writer);
    }

    /** Gives NULLs a value that costs no bits: the one before. */
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
            } else {
                filler = values[i];
            }
        }
    }

    private void pack(long[] values, int count) {
        NumberEncoding.plain(values, count).write(writer);
    }

    private void encodeDoubles(DoubleColumn column) {
        DecimalDoubles decimals = stored ? DecimalDoubles.of(column) : null;
        if (decimals != null) {
            long[] integers = decimals.integers();
            clearNulls(integers, column);
            NumberEncoding numbers = NumberEncoding.plain(integers, column.rowCount());
            if (numbers.width() <= MAX_DECIMAL_WIDTH) {
                putHeader(DECIMAL, column);
                writer.putByte(decimals.digits());
                numbers.write(writer);
                return;
            }
        }
        putHeader(RAW, column);
        double[] values = column.values();
        for (int i = 0; i < column.rowCount(); i++) {
            writer.putLong(Double.doubleToRawLongBits(values[i]));
        }
    }

    private void encodeDecimals(Decimal128Column column) {
        int rows = column.rowCount();
        long[] high = column.high();
        long[] low = column.low();
        boolean small = true;
        for (int i = 0; i < rows && small; i++) {
            small = column.isNull(i) || high[i] == low[i] >> 63;
        }
        if (small) {
            long[] values = Arrays.copyOf(low, rows);
            clearNulls(values, column);
            putNumbers(values, column);
            return;
        }
        putHeader(RAW, column);
        for (int i = 0; i < rows; i++) {
            writer.putLong(high[i]);
            writer.putLong(low[i]);
        }
    }

    private void encodeBytes(BytesColumn column) {
        SliceDictionary dictionary = SliceDictionary.of(column);
        if (dictionary == null) {
            putHeader(PACKED, column);
            putSlices(column);
            return;
        }
        putHeader(DICTIONARY, column);
        writer.putInt(dictionary.size());
        putSlices(dictionary.entries());
        pack(dictionary.codes(), column.rowCount());
    }

    private void putSlices(BytesColumn column) {
        int rows = column.rowCount();
        long[] sizes = new long[rows];
        int total = 0;
        for (int i = 0; i < rows; i++) {
            int length = column.isNull(i) ? 0 : column.length(i);
            sizes[i] = length;
            total = Math.addExact(total, length);
        }
        pack(sizes, rows);
        writer.putInt(total);
        if (total < MIN_COMPRESSED_BYTES || !putCompressed(column, total)) {
            writer.putByte(TEXT_PLAIN);
            int start = writer.skip(total);
            gather(column, writer.bytes(), start);
        }
    }

    /** Writes the bytes compressed if that saves a quarter of them. */
    private boolean putCompressed(BytesColumn column, int total) {
        if (compression == BlockCompression.NONE) {
            return false;
        }
        byte[] plain = new byte[total];
        gather(column, plain, 0);
        byte[] compressed = new byte[total - total / 4];
        int size = compression.compress(plain, total, compressed);
        if (size < 0) {
            return false;
        }
        writer.putByte(TEXT_COMPRESSED);
        writer.putInt(size);
        writer.putBytes(compressed, 0, size);
        return true;
    }

    private static void gather(BytesColumn column, byte[] target, int start) {
        int position = start;
        for (int i = 0; i < column.rowCount(); i++) {
            if (!column.isNull(i)) {
                int length = column.length(i);
                System.arraycopy(column.data(), column.start(i), target, position, length);
                position += length;
            }
        }
    }
}
