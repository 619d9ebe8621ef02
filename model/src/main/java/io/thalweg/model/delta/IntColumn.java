package io.thalweg.model.delta;

import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/** A column of {@link PhysicalKind#INT}. */
public final class IntColumn extends Column {
    private final int[] values;

    public IntColumn(int rowCount, int[] values, long @Nullable [] nulls) {
        super(rowCount, nulls);
        if (values.length < rowCount) {
            throw new IllegalArgumentException(values.length + " values for " + rowCount + " rows");
        }
        this.values = values;
    }

    /** The values, shared; at least {@link #rowCount()} of them. */
    public int[] values() {
        return values;
    }

    public int value(int row) {
        return values[row];
    }

    @Override
    public PhysicalKind kind() {
        return PhysicalKind.INT;
    }

    @Override
    public IntColumn select(int[] rows, int count) {
        int[] selected = new int[count];
        for (int i = 0; i < count; i++) {
            selected[i] = values[rows[i]];
        }
        return new IntColumn(count, selected, selectNulls(rows, count));
    }
}
