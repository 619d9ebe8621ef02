package io.thalweg.model.delta;

import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a batch. Immutable once it is part of a batch: the arrays that the accessors of the
 * subclasses hand out are shared and must not be written. Arrays may be longer than the row count. The value of a row
 * that is NULL is unspecified but readable.
 */
public abstract sealed class Column permits IntColumn, LongColumn, DoubleColumn, Decimal128Column, BytesColumn {
    private final int rowCount;
    private final long @Nullable [] nulls;

    Column(int rowCount, long @Nullable [] nulls) {
        if (nulls != null && nulls.length < nullWords(rowCount)) {
            throw new IllegalArgumentException("null bitmap of " + nulls.length + " words for " + rowCount + " rows");
        }
        this.rowCount = rowCount;
        this.nulls = nulls;
    }

    /** How many words a null bitmap of so many rows has. */
    public static int nullWords(int rowCount) {
        return (rowCount + 63) >>> 6;
    }

    public final int rowCount() {
        return rowCount;
    }

    /** One bit a row, lowest first, set where the value is NULL; null if no value is. */
    public final long @Nullable [] nulls() {
        return nulls;
    }

    public final boolean isNull(int row) {
        return nulls != null && (nulls[row >>> 6] >>> row & 1) != 0;
    }

    public abstract PhysicalKind kind();

    /** A column of the chosen rows, in the order given. */
    public abstract Column select(int[] rows, int count);

    final long @Nullable [] selectNulls(int[] rows, int count) {
        if (nulls == null) {
            return null;
        }
        long[] selected = new long[nullWords(count)];
        boolean any = false;
        for (int i = 0; i < count; i++) {
            if (isNull(rows[i])) {
                selected[i >>> 6] |= 1L << i;
                any = true;
            }
        }
        return any ? selected : null;
    }
}
