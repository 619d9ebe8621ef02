package io.thalweg.model.delta;

import static io.thalweg.model.delta.BlockCodec.corrupted;
import static io.thalweg.model.delta.BlockWriter.INTS;
import static io.thalweg.model.delta.BlockWriter.LONGS;
import static io.thalweg.model.delta.BlockWriter.SHORTS;

import io.thalweg.model.type.PhysicalKind;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a block, trusting none of its bytes. */
final class BlockReader {
    private static final PhysicalKind[] KINDS = PhysicalKind.values();
    /** One byte of LZ4 stands for this many at most, so a short text that claims to be long takes no memory. */
    private static final long MAX_EXPANSION = 255;

    private final byte[] bytes;
    private final int start;
    private final int blockEnd;
    private final int columnCount;
    private final int rowCount;
    private final boolean weighted;
    private final boolean hasStatistics;
    private final boolean numbered;
    private final BlockCompression compression;
    private int position;
    private int end;

    BlockReader(byte[] bytes, int offset, int length, BlockCompression compression) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.compression = compression;
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
        this.hasStatistics = (flags & BlockCodec.FLAG_STATISTICS) != 0;
        this.numbered = (flags & BlockCodec.FLAG_NUMBERS) != 0;
        this.columnCount = (short) SHORTS.get(bytes, offset + 2) & 0xFFFF;
        this.rowCount = (int) INTS.get(bytes, offset + 4);
        if (flags >>> 3 != 0 || columnCount > BlockCodec.MAX_COLUMNS) {
            throw corrupted("flags " + flags + ", " + columnCount + " columns");
        }
        if (rowCount < 0 || rowCount > DeltaBatch.MAX_ROWS) {
            throw corrupted(rowCount + " rows");
        }
        if (length < firstSection()) {
            throw corrupted("only " + length + " bytes for " + columnCount + " columns");
        }
    }

    int columnCount() {
        return columnCount;
    }

    int rowCount() {
        return rowCount;
    }

    private int sections() {
        return columnCount + (weighted ? 1 : 0) + (numbered ? 1 : 0);
    }

    /** Where the first section begins, counted from the start of the block. */
    private int firstSection() {
        return directoryEnd() + (hasStatistics ? columnCount * StatisticsWriter.ENTRY_BYTES : 0);
    }

    private int directoryEnd() {
        return BlockCodec.HEADER_SIZE + 4 * sections();
    }

    Optional<BlockStatistics> statistics() {
        return hasStatistics
                ? Optional.of(new BlockStatistics(bytes, start + directoryEnd(), columnCount, rowCount))
                : Optional.empty();
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

    int @Nullable [] rowNumbers() {
        if (!numbered) {
            return null;
        }
        if (!(readSection(sections() - 1) instanceof IntColumn column) || column.nulls() != null) {
            throw corrupted("row numbers that are not numbers");
        }
        int[] numbers = column.values();
        int before = -1;
        for (int i = 0; i < rowCount; i++) {
            if (numbers[i] <= before) {
                throw corrupted("row number " + numbers[i] + " after " + before);
            }
            before = numbers[i];
        }
        return numbers;
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
        int first = firstSection();
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
            case INT -> new IntColumn(rowCount, readInts(encoding), nulls);
            case LONG -> new LongColumn(rowCount, readLongs(encoding), nulls);
            case DOUBLE -> new DoubleColumn(rowCount, readDoubles(encoding), nulls);
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

    private double[] readDoubles(int encoding) {
        if (encoding == ColumnEncoder.DECIMAL) {
            return readDecimalDoubles();
        }
        expect(encoding == ColumnEncoder.RAW);
        require(8L * rowCount);
        double[] values = new double[rowCount];
        for (int i = 0; i < rowCount; i++) {
            values[i] = Double.longBitsToDouble((long) LONGS.get(bytes, position + 8 * i));
        }
        return values;
    }

    private double[] readDecimalDoubles() {
        int digits = nextByte();
        expect(digits >= 0 && digits <= DecimalDoubles.MAX_DIGITS);
        long[] integers = new long[rowCount];
        readPackedLongs(rowCount, integers);
        double divisor = DecimalDoubles.divisor(digits);
        double[] values = new double[rowCount];
        for (int i = 0; i < rowCount; i++) {
            values[i] = integers[i] / divisor;
        }
        return values;
    }

    private Decimal128Column readDecimals(int encoding, long @Nullable [] nulls) {
        long[] high;
        long[] low;
        if (encoding != ColumnEncoder.RAW) {
            low = readLongs(encoding);
            high = new long[rowCount];
            for (int i = 0; i < rowCount; i++) {
                high[i] = low[i] >> 63;
            }
        } else {
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
        return new BytesColumn(count, readText(size), starts, lengths, nulls);
    }

    private byte[] readText(int size) {
        int form = nextByte();
        if (form == ColumnEncoder.TEXT_PLAIN) {
            require(size);
            position += size;
            return Arrays.copyOfRange(bytes, position - size, position);
        }
        expect(form == ColumnEncoder.TEXT_COMPRESSED);
        int stored = nextInt();
        expect(stored >= 0);
        require(stored);
        if (size > MAX_EXPANSION * stored) {
            throw corrupted(size + " bytes of text in " + stored);
        }
        byte[] text = new byte[size];
        if (compression.decompress(bytes, position, stored, text) != size) {
            throw corrupted("text that cannot be decompressed");
        }
        position += stored;
        return text;
    }

    private int[] readPackedInts(int count) {
        long base = nextLong();
        int width = nextByte();
        int size = checkPacked(count, width);
        int[] values = new int[count];
        PackedValues.unpack(bytes, position, width, base, values, count);
        position += size;
        return values;
    }

    private void readPackedLongs(int count, long[] target) {
        long base = nextLong();
        int width = nextByte();
        int size = checkPacked(count, width);
        PackedValues.unpack(bytes, position, width, base, target, count);
        position += size;
    }

    private int[] readInts(int encoding) {
        if (encoding == ColumnEncoder.PACKED) {
            return readPackedInts(rowCount);
        }
        long[] values = readLongs(encoding);
        int[] ints = new int[rowCount];
        for (int i = 0; i < rowCount; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    private long[] readLongs(int encoding) {
        long[] values = new long[rowCount];
        if (encoding == ColumnEncoder.PACKED) {
            readPackedLongs(rowCount, values);
            return values;
        }
        expect((encoding == ColumnEncoder.SCALED || encoding == ColumnEncoder.DELTA) && rowCount > 0);
        long first = nextLong();
        long factor = nextLong();
        if (encoding == ColumnEncoder.SCALED) {
            readPackedLongs(rowCount, values);
            for (int i = 0; i < rowCount; i++) {
                values[i] = first + factor * values[i];
            }
            return values;
        }
        readPackedLongs(rowCount - 1, values);
        for (int i = 0; i < rowCount; i++) {
            values[i] *= factor;
        }
        long value = first;
        for (int i = 0; i < rowCount; i++) {
            long difference = values[i];
            values[i] = value;
            value += difference;
        }
        return values;
    }

    private int checkPacked(int count, int width) {
        if (width < 0 || width > 56 && width != Long.SIZE) {
            throw corrupted("values of " + width + " bits");
        }
        int size = PackedValues.size(count, width);
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
