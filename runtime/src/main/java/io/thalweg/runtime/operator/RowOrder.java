package io.thalweg.runtime.operator;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.SortKey;
import io.thalweg.runtime.state.SortableBits;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of rows by sort keys, then by all columns, so that rows which differ have one order and a result does not depend
 * on the order of arrival.
 */
public final class RowOrder {
    private final List<SortKey> keys;

    public RowOrder(List<SortKey> sortKeys, int columnCount) {
        List<SortKey> all = new ArrayList<>(sortKeys);
        for (int column = 0; column < columnCount; column++) {
            all.add(new SortKey(column, false, false));
        }
        this.keys = List.copyOf(all);
    }

    int compare(DeltaBatch left, int leftRow, DeltaBatch right, int rightRow) {
        for (int i = 0; i < keys.size(); i++) {
            int order = compare(keys.get(i), left, leftRow, right, rightRow);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(SortKey key, DeltaBatch left, int leftRow, DeltaBatch right, int rightRow) {
        Column leftColumn = left.column(key.column());
        Column rightColumn = right.column(key.column());
        boolean leftNull = leftColumn.isNull(leftRow);
        boolean rightNull = rightColumn.isNull(rightRow);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
        }
        int order = Cells.compare(leftColumn, leftRow, rightColumn, rightRow);
        return key.descending() ? -order : order;
    }

    /** A long for each row, such that a row with a lower one comes first; of rows with equal ones nothing is said. */
    public void prefixes(DeltaBatch batch, long[] out, int from) {
        if (keys.isEmpty()) {
            return;
        }
        SortKey key = keys.get(0);
        Column column = batch.column(key.column());
        for (int row = 0; row < batch.rowCount(); row++) {
            long value;
            if (column.isNull(row)) {
                value = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
            } else {
                value = prefix(column, row);
                // The complement, unlike the negation, exists for every value.
                value = key.descending() ? ~value : value;
            }
            out[from + row] = value;
        }
    }

    private static long prefix(Column column, int row) {
        return switch (column.kind()) {
            case INT -> ((IntColumn) column).value(row);
            case LONG -> ((LongColumn) column).value(row);
            case DOUBLE -> SortableBits.encode(((DoubleColumn) column).value(row));
            case DECIMAL128 -> ((Decimal128Column) column).high()[row];
            case BYTES -> firstBytes((BytesColumn) column, row);
        };
    }

    /** The first eight bytes, as a number whose signed order is that of unsigned bytes. */
    private static long firstBytes(BytesColumn column, int row) {
        byte[] data = column.data();
        int start = column.start(row);
        int length = Math.min(Long.BYTES, column.length(row));
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (i < length ? data[start + i] & 0xFF : 0);
        }
        return value ^ Long.MIN_VALUE;
    }
}
