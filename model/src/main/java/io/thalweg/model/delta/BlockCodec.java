package io.thalweg.model.delta;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a batch, the same in the log and on the wire. All numbers are little-endian.
 *
 * <pre>
 * block    0  u8   format version, 2
 *          1  u8   flags: 1 = weights follow the columns, 2 = statistics, 4 = row numbers follow the weights
 *          2  u16  number of columns, c
 *          4  i32  number of rows, at most {@link DeltaBatch#MAX_ROWS}
 *          8  i32  end of each section, counted from the start of the block; c of them, one more with weights, one
 *                  more with row numbers
 *             ...  with statistics: c entries of 48 bytes
 *             ...  the sections, one for each column, then the weights and the row numbers as INT sections
 *
 * statistics entry of a column
 *          0  i32  how many values are NULL
 *          4  i32  1 if there are bounds, 0 if all values are NULL
 *          8  i128 the {@link OrderKey} of the least value that is not NULL, low half first
 *         24  i128 that of the greatest
 *         40  i64  LONG: how far a value lies below the greatest before it, at most; otherwise 0
 *
 * section  0  u8   kind: 0 INT, 1 LONG, 2 DOUBLE, 3 DECIMAL128, 4 BYTES
 *          1  u8   encoding: 0 packed, 1 raw, 2 dictionary, 3 scaled, 4 delta, 5 decimal
 *          2  u8   flags: 1 = a null bitmap follows, of 8-byte words, lowest bit first
 *             ...  values
 *
 * packed   i64 base, u8 width w, then (value - base) of every row in w bits, lowest bit first, and 7 bytes of padding so
 *          that any value is read by one 8-byte load; w is 0 to 56, or 64
 * scaled   i64 origin, i64 factor, packed quotients: value = origin + factor * quotient
 * delta    i64 first value, i64 factor, packed differences of all rows but the first: value = value before + factor *
 *          difference
 * decimal  u8 digits d, packed integers: value = integer / 10^d (DOUBLE)
 * raw      8 bytes a value (DOUBLE), 16 bytes a value, high half first (DECIMAL128)
 * BYTES    packed lengths, i32 size, u8 form: 0 = the bytes of all values one after the other, 1 = i32 stored size and
 *          these bytes compressed by LZ4
 * dictionary  i32 entries, the entries as BYTES, then packed codes
 * </pre>
 *
 * <p>A block out of which rows were taken has row numbers: what the numbers of those that are left were before, from 0,
 * rising. In any other block the rows are numbered without a gap.
 *
 * <p>INT, LONG, and DECIMAL128 of which every value fits a long, are packed, scaled or delta. Sums and products wrap
 * around.
 *
 * <p>A block of the wire is written in a hurry: packed, raw or dictionary. One that is stored is read more often than it
 * is written, so its writer looks for the smallest form, compresses text and adds statistics, by which readers tell from
 * the header alone that no row can be wanted.
 *
 * <p>A block says nothing of what its columns are called or mean: they are the first stored columns of its stream or table.
 * Columns are only ever added behind the others, so a block of fewer columns than the relation has is one from before the
 * rest was added, and its number of columns is the version of its schema.
 *
 * <p>Packing with a base and a width is frame-of-reference coding: Zukowski et al., Super-Scalar RAM-CPU Cache
 * Compression, ICDE 2006.
 */
public final class BlockCodec {
    static final int VERSION = 2;
    static final int FLAG_WEIGHTS = 1;
    static final int FLAG_STATISTICS = 2;
    static final int FLAG_NUMBERS = 4;
    static final int HEADER_SIZE = 8;
    static final int MAX_COLUMNS = 4_096;
    /** Fewer rows are read as fast as their statistics. */
    static final int MIN_STATISTICS_ROWS = 128;

    private BlockCodec() {}

    /** The block of a batch of at most {@link DeltaBatch#MAX_ROWS} rows, for the wire. */
    public static byte[] encode(DeltaBatch batch) {
        return encode(batch, null, false, BlockCompression.NONE);
    }

    /** The block of a batch of at most {@link DeltaBatch#MAX_ROWS} rows, for the log. */
    public static byte[] encodeStored(DeltaBatch batch, BlockCompression compression) {
        return encode(batch, null, true, compression);
    }

    /**
     * The block of what is left of a batch, for the log.
     *
     * @param numbers of each row, the number that it had in the whole batch, rising
     */
    public static byte[] encodeThinned(DeltaBatch batch, int[] numbers, BlockCompression compression) {
        return encode(batch, numbers, true, compression);
    }

    private static byte[] encode(
            DeltaBatch batch, int @Nullable [] numbers, boolean stored, BlockCompression compression) {
        int rows = batch.rowCount();
        if (rows > DeltaBatch.MAX_ROWS || batch.columnCount() > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "a block cannot hold " + rows + " rows of " + batch.columnCount() + " columns");
        }
        int[] weights = batch.weights();
        int sections = batch.columnCount() + (weights == null ? 0 : 1) + (numbers == null ? 0 : 1);
        boolean statistics = stored && rows >= MIN_STATISTICS_ROWS;
        BlockWriter writer = new BlockWriter(HEADER_SIZE + 4 * sections + 16 * rows);
        writer.putByte(VERSION);
        writer.putByte((weights == null ? 0 : FLAG_WEIGHTS)
                | (statistics ? FLAG_STATISTICS : 0)
                | (numbers == null ? 0 : FLAG_NUMBERS));
        writer.putShort(batch.columnCount());
        writer.putInt(rows);
        int directory = writer.skip(4 * sections);
        if (statistics) {
            putStatistics(batch, writer);
        }
        ColumnEncoder encoder = new ColumnEncoder(writer, stored, compression);
        for (int i = 0; i < batch.columnCount(); i++) {
            encoder.encode(batch.column(i));
            writer.setInt(directory + 4 * i, writer.position());
        }
        if (weights != null) {
            encoder.encode(new IntColumn(rows, weights, null));
            writer.setInt(directory + 4 * batch.columnCount(), writer.position());
        }
        if (numbers != null) {
            encoder.encode(new IntColumn(rows, numbers, null));
            writer.setInt(directory + 4 * (sections - 1), writer.position());
        }
        return writer.toArray();
    }

    private static void putStatistics(DeltaBatch batch, BlockWriter writer) {
        int start = writer.skip(StatisticsWriter.ENTRY_BYTES * batch.columnCount());
        for (int i = 0; i < batch.columnCount(); i++) {
            StatisticsWriter.write(batch.column(i), writer, start + i * StatisticsWriter.ENTRY_BYTES);
        }
    }

    /** How many rows the block at this place has. */
    public static int rowCount(byte[] bytes, int offset, int length) {
        return new BlockReader(bytes, offset, length, BlockCompression.NONE).rowCount();
    }

    /** Which numbers the rows of the block at this place had before others were taken out; null when none were. */
    public static int @Nullable [] rowNumbers(byte[] bytes, int offset, int length) {
        return new BlockReader(bytes, offset, length, BlockCompression.NONE).rowNumbers();
    }

    /** What the header of the block at this place tells of its columns; blocks of few rows tell nothing. */
    public static Optional<BlockStatistics> statistics(byte[] bytes, int offset, int length) {
        return new BlockReader(bytes, offset, length, BlockCompression.NONE).statistics();
    }

    /**
     * The batch of a block of the wire. Nothing of the given array is kept. Bytes that are no block are DATA_CORRUPTED;
     * however they are broken, no more memory is taken than a block of that length and row count can need.
     *
     * @param columns which columns to decode, in the order wanted; null for all. The others cost nothing.
     */
    public static DeltaBatch decode(byte[] bytes, int offset, int length, int @Nullable [] columns) {
        return decodeStored(bytes, offset, length, columns, BlockCompression.NONE);
    }

    /** The same for a block of the log. */
    public static DeltaBatch decodeStored(
            byte[] bytes, int offset, int length, int @Nullable [] columns, BlockCompression compression) {
        return new BlockReader(bytes, offset, length, compression).read(columns);
    }

    /** How many columns a block has. */
    public static int columnCount(byte[] bytes, int offset, int length) {
        return new BlockReader(bytes, offset, length, BlockCompression.NONE).columnCount();
    }

    /** The batch of a whole array. */
    public static DeltaBatch decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length, null);
    }

    static ThalwegException corrupted(String what) {
        return new ThalwegException(ErrorCode.DATA_CORRUPTED, "damaged block of rows: " + what);
    }
}
