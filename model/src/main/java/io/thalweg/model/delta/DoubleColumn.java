package io.thalweg.model.delta;

import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/** A column of {@link PhysicalKind#DOUBLE}. */
public final class DoubleColumn extends Column {
    private final double[] values;

    public DoubleColumn(int rowCount, double[] values, long @Nullable [] nulls) {
        super(rowCount, nulls);
        if (values.length < rowCount) {
            throw new IllegalArgumentException(values.length + " values for " + rowCount + " rows");
        }
        this.values = values;
    }

    /** The values, shared; at least {@link #rowCount()} of them. */
    public double[] values() {
        return values;
    }

    public double value(int row) {
        return values[row];
    }

    @Override
    public PhysicalKind kind() {
        return PhysicalKind.DOUBLE;
    }

    @Override
    public DoubleColumn select(int[] rows, int count) {
        double[] selected = new double[count];
        for (int i = 0; i < count; i++) {
            selected[i] = values[rows[i]];
        }
        return new DoubleColumn(count, selected, selectNulls(rows, count));
    }
}
