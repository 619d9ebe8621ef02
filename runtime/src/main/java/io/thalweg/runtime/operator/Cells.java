package io.thalweg.runtime.operator;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.runtime.state.SortableBits;
import java.util.Arrays;

/** Compares single values of columns of one kind, NULL apart, as SQL does. */
final class Cells {
    private Cells() {}

    /** Whether two values are not distinct. */
    static boolean equal(Column left, int leftRow, Column right, int rightRow) {
        boolean leftNull = left.isNull(leftRow);
        if (leftNull || right.isNull(rightRow)) {
            return leftNull && right.isNull(rightRow);
        }
        return compare(left, leftRow, right, rightRow) == 0;
    }

    /** The order of two values that are not NULL: numbers by value, NaN last; text and bytes by unsigned bytes. */
    static int compare(Column left, int leftRow, Column right, int rightRow) {
        return switch (left.kind()) {
            case INT -> Integer.compare(((IntColumn) left).value(leftRow), ((IntColumn) right).value(rightRow));
            case LONG -> Long.compare(((LongColumn) left).value(leftRow), ((LongColumn) right).value(rightRow));
            case DOUBLE ->
                Long.compare(
                        SortableBits.encode(((DoubleColumn) left).value(leftRow)),
                        SortableBits.encode(((DoubleColumn) right).value(rightRow)));
            case DECIMAL128 -> compareDecimals((Decimal128Column) left, leftRow, (Decimal128Column) right, rightRow);
            case BYTES -> compareBytes((BytesColumn) left, leftRow, (BytesColumn) right, rightRow);
        };
    }

    private static int compareDecimals(Decimal128Column left, int leftRow, Decimal128Column right, int rightRow) {
        int high = Long.compare(left.high()[leftRow], right.high()[rightRow]);
        return high != 0 ? high : Long.compareUnsigned(left.low()[leftRow], right.low()[rightRow]);
    }

    private static int compareBytes(BytesColumn left, int leftRow, BytesColumn right, int rightRow) {
        int leftStart = left.start(leftRow);
        int rightStart = right.start(rightRow);
        return Arrays.compareUnsigned(
                left.data(),
                leftStart,
                leftStart + left.length(leftRow),
                right.data(),
                rightStart,
                rightStart + right.length(rightRow));
    }
}
