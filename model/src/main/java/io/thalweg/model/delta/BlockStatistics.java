package io.thalweg.model.delta;

import static io.thalweg.model.delta.BlockCodec.corrupted;
import static io.thalweg.model.delta.BlockWriter.INTS;
import static io.thalweg.model.delta.BlockWriter.LONGS;

import io.thalweg.model.type.Int128;

/**
 * What the header of a block tells of its columns: how many values are NULL and between which two keys the others lie,
 * see {@link OrderKey}. Reading it decodes no column. A view of the block's bytes, good as long as these are.
 */
public final class BlockStatistics {
    private final byte[] bytes;
    private final int start;
    private final int columnCount;
    private final int rowCount;

    BlockStatistics(byte[] bytes, int start, int columnCount, int rowCount) {
        this.bytes = bytes;
        this.start = start;
        this.columnCount = columnCount;
        this.rowCount = rowCount;
    }

    public int rowCount() {
        return rowCount;
    }

    /** How many columns the block has. */
    public int columnCount() {
        return columnCount;
    }

    /** How many values of a column are NULL. */
    public int nullCount(int column) {
        int count = (int) INTS.get(bytes, entry(column));
        if (count < 0 || count > rowCount) {
            throw corrupted(count + " NULLs among " + rowCount + " rows");
        }
        return count;
    }

    /** Whether a value of a column that is not NULL may have a key between these, both included. */
    public boolean mayHold(int column, Int128 least, Int128 greatest) {
        if (nullCount(column) == rowCount) {
            return false;
        }
        Int128 first = key(column, StatisticsWriter.LEAST_AT);
        Int128 last = key(column, StatisticsWriter.GREATEST_AT);
        if ((int) INTS.get(bytes, entry(column) + 4) != 1 || first.compareTo(last) > 0) {
            throw corrupted("bounds of column " + column + " that bound nothing");
        }
        return first.compareTo(greatest) <= 0 && last.compareTo(least) >= 0;
    }

    /**
     * How far a value of a column of kind LONG lies below the greatest before it in the block, at most: 0 if they never
     * fall. From the time column of a stream it tells whether any row can be late.
     */
    public long greatestFall(int column) {
        long fall = (long) LONGS.get(bytes, entry(column) + StatisticsWriter.FALL_AT);
        if (fall < 0) {
            throw corrupted("values that fall by " + fall);
        }
        return fall;
    }

    private Int128 key(int column, int at) {
        int from = entry(column) + at;
        return new Int128((long) LONGS.get(bytes, from + 8), (long) LONGS.get(bytes, from));
    }

    private int entry(int column) {
        if (column < 0 || column >= columnCount) {
            throw corrupted("column " + column + " of " + columnCount);
        }
        return start + column * StatisticsWriter.ENTRY_BYTES;
    }
}
