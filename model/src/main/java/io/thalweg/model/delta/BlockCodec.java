package io.thalweg.model.delta;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a batch, the same in the log and on the wire. All numbers are little-endian.
 *
 * <pre>
 * block    0  u8   format version, 1
 *          1  u8   flags: 1 = weights follow the columns
 *          2  u16  number of columns, c
 *          4  i32  number of rows, at most {@link DeltaBatch#MAX_ROWS}
 *          8  i32  end of each section, counted from the start of the block; c of them, one more with weights
 *             ...  the sections, one for each column, then the weights as an INT section
 *
 * section  0  u8   kind: 0 INT, 1 LONG, 2 DOUBLE, 3 DECIMAL128, 4 BYTES
 *          1  u8   encoding: 0 packed, 1 raw, 2 dictionary
 *          2  u8   flags: 1 = a null bitmap follows, of 8-byte words, lowest bit first
 *             ...  values
 *
 * packed   i64 base, u8 width w, then (value - base) of every row in w bits, lowest bit first, and 7 bytes of padding so
 *          that any value is read by one 8-byte load; w is 0 to 56, or 64
 * raw      8 bytes a value (DOUBLE), 16 bytes a value, high half first (DECIMAL128)
 * BYTES    packed lengths, i32 size, the bytes of all values one after the other
 * dictionary  i32 entries, the entries as BYTES, then packed codes
 * </pre>
 *
 * Packing with a base and a width is frame-of-reference coding: Zukowski et al., Super-Scalar RAM-CPU Cache
 * Compression, ICDE 2006.
 */
public final class BlockCodec {
    static final int VERSION = 1;
    static final int FLAG_WEIGHTS = 1;
    static final int HEADER_SIZE = 8;
    static final int MAX_COLUMNS = 4_096;

    private BlockCodec() {}

    /** The block of a batch of at most {@link DeltaBatch#MAX_ROWS} rows. */
    public static byte[] encode(DeltaBatch batch) {
        if (batch.rowCount() > DeltaBatch.MAX_ROWS || batch.columnCount() > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "a block cannot hold " + batch.rowCount() + " rows of " + batch.columnCount() + " columns");
        }
        int[] weights = batch.weights();
        int sections = batch.columnCount() + (weights == null ? 0 : 1);
        BlockWriter writer = new BlockWriter(HEADER_SIZE + 4 * sections + 16 * batch.rowCount());
        writer.putByte(VERSION);
        writer.putByte(weights == null ? 0 : FLAG_WEIGHTS);
        writer.putShort(batch.columnCount());
        writer.putInt(batch.rowCount());
        int directory = writer.skip(4 * sections);
        for (int i = 0; i < batch.columnCount(); i++) {
            ColumnEncoder.encode(batch.column(i), writer);
            writer.setInt(directory + 4 * i, writer.position());
        }
        if (weights != null) {
            ColumnEncoder.encode(new IntColumn(batch.rowCount(), weights, null), writer);
            writer.setInt(directory + 4 * (sections - 1), writer.position());
        }
        return writer.toArray();
    }

    /** How many rows the block at this place has. */
    public static int rowCount(byte[] bytes, int offset, int length) {
        return new BlockReader(bytes, offset, length).rowCount();
    }

    /**
     * The batch of a block. Nothing of the given array is kept. Bytes that are no block are DATA_CORRUPTED; however they
     * are broken, no more memory is taken than a block of that length and row count can need.
     *
     * @param columns which columns to decode, in the order wanted; null for all. The others cost nothing.
     */
    public static DeltaBatch decode(byte[] bytes, int offset, int length, int @Nullable [] columns) {
        return new BlockReader(bytes, offset, length).read(columns);
    }

    /** The batch of a whole array. */
    public static DeltaBatch decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length, null);
    }

    static ThalwegException corrupted(String what) {
        return new ThalwegException(ErrorCode.DATA_CORRUPTED, "damaged block of rows: " + what);
    }
}
