package io.thalweg.model.delta;

import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/** A column of {@link PhysicalKind#LONG}. */
public final class LongColumn extends Column {
    private final long[] values;

    public LongColumn(int rowCount, long[] values, long @Nullable [] nulls) {
        super(rowCount, nulls);
        if (values.length < rowCount) {
            throw new IllegalArgumentException(values.length + " values for " + rowCount + " rows");
        }
        this.values = values;
    }

    /** The values, shared; at least {@link #rowCount()} of them. */
    public long[] values() {
        return values;
    }

    public long value(int row) {
        return values[row];
    }

    @Override
    public PhysicalKind kind() {
        return PhysicalKind.LONG;
    }

    @Override
    public LongColumn select(int[] rows, int count) {
        long[] selected = new long[count];
        for (int i = 0; i < count; i++) {
            selected[i] = values[rows[i]];
        }
        return new LongColumn(count, selected, selectNulls(rows, count));
    }
}
