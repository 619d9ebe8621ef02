package io.thalweg.model.delta;

import static io.thalweg.model.delta.BlockCodec.corrupted;
import static io.thalweg.model.delta.BlockWriter.INTS;
import static io.thalweg.model.delta.BlockWriter.LONGS;
import static io.thalweg.model.delta.BlockWriter.SHORTS;

import io.thalweg.model.type.PhysicalKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a block, trusting none of its bytes. */
final class BlockReader {
    private static final PhysicalKind[] KINDS = PhysicalKind.values();

    private final byte[] bytes;
    private final int start;
    private final int blockEnd;
    private final int columnCount;
    private final int rowCount;
    private final boolean weighted;
    private int position;
    private int end;

    BlockReader(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.start = offset;
        this.blockEnd = offset + length;
        if (length < BlockCodec.HEADER_SIZE) {
            throw corrupted("only " + length + " bytes");
        }
        if (bytes[offset] != BlockCodec.VERSION) {
            throw corrupted("format version " + bytes[offset] + ", expected " + BlockCodec.VERSION);
        }
        int flags = bytes[offset + 1];
        this.weighted = (flags & BlockCodec.FLAG_WEIGHTS) != 0;
        this.columnCount = (short) SHORTS.get(bytes, offset + 2) & 0xFFFF;
        this.rowCount = (int) INTS.get(bytes, offset + 4);
        if (flags >>> 1 != 0 || columnCount > BlockCodec.MAX_COLUMNS) {
            throw corrupted("flags " + flags + ", " + columnCount + " columns");
        }
        if (rowCount < 0 || rowCount > DeltaBatch.MAX_ROWS) {
            throw corrupted(rowCount + " rows");
        }
        if (length < BlockCodec.HEADER_SIZE + 4 * sections()) {
            throw corrupted("only " + length + " bytes for " + columnCount + " columns");
        }
    }

    int rowCount() {
        return rowCount;
    }

    private int sections() {
        return columnCount + (weighted ? 1 : 0);
    }

    DeltaBatch read(int @Nullable [] wanted) {
        int count = wanted == null ? columnCount : wanted.length;
        Column[] columns = new Column[count];
        for (int i = 0; i < count; i++) {
            int section = wanted == null ? i : wanted[i];
            if (section < 0 || section >= columnCount) {
                throw corrupted("column " + section + " of " + columnCount);
            }
            columns[i] = readSection(section);
        }
        int[] weights = null;
        if (weighted) {
            if (!(readSection(columnCount) instanceof IntColumn column) || column.nulls() != null) {
                throw corrupted("weights that are not numbers");
            }
            weights = column.values();
            checkWeights(weights);
        }
        return new DeltaBatch(rowCount, columns, weights);
    }

    private void checkWeights(int[] weights) {
        for (int i = 0; i < rowCount; i++) {
            if (weights[i] == 0) {
                throw corrupted("a row of weight 0");
            }
        }
    }

    private Column readSection(int section) {
        int directory = start + BlockCodec.HEADER_SIZE;
        int first = BlockCodec.HEADER_SIZE + 4 * sections();
        int from = section == 0 ? first : (int) INTS.get(bytes, directory + 4 * (section - 1));
        int to = (int) INTS.get(bytes, directory + 4 * section);
        if (from < first || to < from || to > blockEnd - start) {
            throw corrupted("section " + section + " from " + from + " to " + to);
        }
        position = start + from;
        end = start + to;
        int kind = nextByte();
        int encoding = nextByte();
        long @Nullable [] nulls = readNulls(nextByte());
        if (kind < 0 || kind >= KINDS.length) {
            throw corrupted("column kind " + kind);
        }
        return switch (KINDS[kind]) {
            case INT -> {
                expect(encoding == ColumnEncoder.PACKED);
                yield new IntColumn(rowCount, readPackedInts(rowCount), nulls);
            }
            case LONG -> {
                expect(encoding == ColumnEncoder.PACKED);
                yield new LongColumn(rowCount, readPackedLongs(rowCount), nulls);
            }
            case DOUBLE -> {
                expect(encoding == ColumnEncoder.RAW);
                yield new DoubleColumn(rowCount, readDoubles(), nulls);
            }
            case DECIMAL128 -> readDecimals(encoding, nulls);
            case BYTES -> readBytes(encoding, nulls);
        };
    }

    private long @Nullable [] readNulls(int flags) {
        if (flags == 0) {
            return null;
        }
        expect(flags == ColumnEncoder.FLAG_NULLS);
        int words = Column.nullWords(rowCount);
        require(8L * words);
        long[] nulls = new long[words];
        for (int i = 0; i < words; i++) {
            nulls[i] = nextLong();
        }
        if (rowCount % Long.SIZE != 0) {
            nulls[words - 1] &= (1L << rowCount) - 1;
        }
        return nulls;
    }

    private double[] readDoubles() {
        require(8L * rowCount);
        double[] values = new double[rowCount];
        for (int i = 0; i < rowCount; i++) {
            values[i] = Double.longBitsToDouble((long) LONGS.get(bytes, position + 8 * i));
        }
        return values;
    }

    private Decimal128Column readDecimals(int encoding, long @Nullable [] nulls) {
        long[] high;
        long[] low;
        if (encoding == ColumnEncoder.PACKED) {
            low = readPackedLongs(rowCount);
            high = new long[rowCount];
            for (int i = 0; i < rowCount; i++) {
                high[i] = low[i] >> 63;
            }
        } else {
            expect(encoding == ColumnEncoder.RAW);
            require(16L * rowCount);
            high = new long[rowCount];
            low = new long[rowCount];
            for (int i = 0; i < rowCount; i++) {
                high[i] = (long) LONGS.get(bytes, position + 16 * i);
                low[i] = (long) LONGS.get(bytes, position + 16 * i + 8);
            }
        }
        return new Decimal128Column(rowCount, high, low, nulls);
    }

    private BytesColumn readBytes(int encoding, long @Nullable [] nulls) {
        if (encoding == ColumnEncoder.PACKED) {
            return readSlices(rowCount, nulls);
        }
        expect(encoding == ColumnEncoder.DICTIONARY);
        int entries = nextInt();
        if (entries < 0 || entries > rowCount) {
            throw corrupted(entries + " dictionary entries for " + rowCount + " rows");
        }
        BytesColumn dictionary = readSlices(entries, null);
        int[] codes = readPackedInts(rowCount);
        int bad = 0;
        for (int code : codes) {
            // A code below 0 or beyond the last entry sets the sign bit of one of the two.
            bad |= code | entries - 1 - code;
        }
        if (bad < 0 && !onlyNulls(nulls)) {
            throw corrupted("a code beyond " + entries + " dictionary entries");
        }
        if (entries == 0) {
            return new BytesColumn(rowCount, new byte[0], new int[rowCount], new int[rowCount], nulls);
        }
        return new BytesColumn(rowCount, dictionary.data(), dictionary.starts(), dictionary.lengths(), codes, nulls);
    }

    private boolean onlyNulls(long @Nullable [] nulls) {
        if (nulls == null) {
            return rowCount == 0;
        }
        int count = 0;
        for (long word : nulls) {
            count += Long.bitCount(word);
        }
        return count == rowCount;
    }

    private BytesColumn readSlices(int count, long @Nullable [] nulls) {
        int[] lengths = readPackedInts(count);
        int size = nextInt();
        expect(size >= 0);
        require(size);
        int[] starts = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = (int) total;
            if (lengths[i] < 0) {
                throw corrupted("a value of " + lengths[i] + " bytes");
            }
            total += lengths[i];
        }
        if (total != size) {
            throw corrupted("values of " + total + " bytes in " + size);
        }
        byte[] data = Arrays.copyOfRange(bytes, position, position + size);
        position += size;
        return new BytesColumn(count, data, starts, lengths, nulls);
    }

    private int[] readPackedInts(int count) {
        long base = nextLong();
        int width = nextByte();
        int size = checkPacked(count, width);
        int[] values = new int[count];
        if (width == 0) {
            Arrays.fill(values, (int) base);
        } else if (width == Long.SIZE) {
            for (int i = 0; i < count; i++) {
                values[i] = (int) (base + (long) LONGS.get(bytes, position + 8 * i));
            }
        } else {
            unpackInts(values, count, base, width);
        }
        position += size;
        return values;
    }

    private void unpackInts(int[] values, int count, long base, int width) {
        byte[] source = bytes;
        int from = position;
        long mask = (1L << width) - 1;
        int bit = 0;
        for (int i = 0; i < count; i++) {
            values[i] = (int) (base + ((long) LONGS.get(source, from + (bit >>> 3)) >>> (bit & 7) & mask));
            bit += width;
        }
    }

    private long[] readPackedLongs(int count) {
        long base = nextLong();
        int width = nextByte();
        int size = checkPacked(count, width);
        long[] values = new long[count];
        if (width == 0) {
            Arrays.fill(values, base);
        } else if (width == Long.SIZE) {
            for (int i = 0; i < count; i++) {
                values[i] = base + (long) LONGS.get(bytes, position + 8 * i);
            }
        } else {
            unpackLongs(values, count, base, width);
        }
        position += size;
        return values;
    }

    private void unpackLongs(long[] values, int count, long base, int width) {
        byte[] source = bytes;
        int from = position;
        long mask = (1L << width) - 1;
        int bit = 0;
        for (int i = 0; i < count; i++) {
            values[i] = base + ((long) LONGS.get(source, from + (bit >>> 3)) >>> (bit & 7) & mask);
            bit += width;
        }
    }

    private int checkPacked(int count, int width) {
        if (width < 0 || width > 56 && width != Long.SIZE) {
            throw corrupted("values of " + width + " bits");
        }
        int size = BlockWriter.packedSize(count, width);
        require(size);
        return size;
    }

    private void require(long size) {
        if (size > end - position) {
            throw corrupted("a section ends " + (size - (end - position)) + " bytes early");
        }
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw corrupted("a section of no known encoding");
        }
    }

    private int nextByte() {
        require(1);
        return bytes[position++];
    }

    private int nextInt() {
        require(4);
        int value = (int) INTS.get(bytes, position);
        position += 4;
        return value;
    }

    private long nextLong() {
        require(8);
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }
}
