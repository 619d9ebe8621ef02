package io.thalweg.model.delta;

import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/** A column of {@link PhysicalKind#DECIMAL128}. */
public final class Decimal128Column extends Column {
    private final long[] high;
    private final long[] low;

    public Decimal128Column(int rowCount, long[] high, long[] low, long @Nullable [] nulls) {
        super(rowCount, nulls);
        if (high.length < rowCount || low.length < rowCount) {
            throw new IllegalArgumentException(
                    high.length + " and " + low.length + " values for " + rowCount + " rows");
        }
        this.high = high;
        this.low = low;
    }

    /** The upper halves, shared. */
    public long[] high() {
        return high;
    }

    /** The lower halves, shared. */
    public long[] low() {
        return low;
    }

    public Int128 value(int row) {
        return new Int128(high[row], low[row]);
    }

    @Override
    public PhysicalKind kind() {
        return PhysicalKind.DECIMAL128;
    }

    @Override
    public Decimal128Column select(int[] rows, int count) {
        long[] selectedHigh = new long[count];
        long[] selectedLow = new long[count];
        for (int i = 0; i < count; i++) {
            selectedHigh[i] = high[rows[i]];
            selectedLow[i] = low[rows[i]];
        }
        return new Decimal128Column(count, selectedHigh, selectedLow, selectNulls(rows, count));
    }
}
