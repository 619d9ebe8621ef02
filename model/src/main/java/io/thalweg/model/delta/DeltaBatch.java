package io.thalweg.model.delta;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with weights, stored by column: +1 inserts a row, -1 deletes one, +3 inserts three equal ones. A relation is the
 * sum of the batches that built it. Immutable once built; whoever holds a batch may keep it.
 */
public final class DeltaBatch {
    /** How many rows producers aim at: large enough to amortise a call, small enough to stay in cache. */
    public static final int TARGET_ROWS = 4_096;
    /** The most rows a batch may have. */
    public static final int MAX_ROWS = 65_536;

    private final int rowCount;
    private final Column[] columns;
    private final int @Nullable [] weights;

    /**
     * @param columns one for each column of the relation, each with {@code rowCount} rows
     * @param weights the weight of each row, never 0; null if all are +1
     */
    public DeltaBatch(int rowCount, Column[] columns, int @Nullable [] weights) {
        for (Column column : columns) {
            if (column.rowCount() != rowCount) {
                throw new IllegalArgumentException(column.rowCount() + " values in a batch of " + rowCount + " rows");
            }
        }
        if (weights != null && weights.length < rowCount) {
            throw new IllegalArgumentException(weights.length + " weights for " + rowCount + " rows");
        }
        this.rowCount = rowCount;
        this.columns = columns.clone();
        this.weights = weights;
    }

    public int rowCount() {
        return rowCount;
    }

    public boolean isEmpty() {
        return rowCount == 0;
    }

    public int columnCount() {
        return columns.length;
    }

    public Column column(int index) {
        return columns[index];
    }

    /** The columns in order. */
    public List<Column> columns() {
        return List.of(columns);
    }

    public IntColumn intColumn(int index) {
        return (IntColumn) columns[index];
    }

    public LongColumn longColumn(int index) {
        return (LongColumn) columns[index];
    }

    public DoubleColumn doubleColumn(int index) {
        return (DoubleColumn) columns[index];
    }

    public Decimal128Column decimal128Column(int index) {
        return (Decimal128Column) columns[index];
    }

    public BytesColumn bytesColumn(int index) {
        return (BytesColumn) columns[index];
    }

    /** The weight of each row, shared; null if all are +1. */
    public int @Nullable [] weights() {
        return weights;
    }

    public int weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The chosen rows, in the order given. */
    public DeltaBatch select(int[] rows, int count) {
        Column[] selected = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            selected[i] = columns[i].select(rows, count);
        }
        int[] selectedWeights = null;
        if (weights != null) {
            selectedWeights = new int[count];
            for (int i = 0; i < count; i++) {
                selectedWeights[i] = weights[rows[i]];
            }
        }
        return new DeltaBatch(count, selected, selectedWeights);
    }

    /** Rows {@code from} to {@code from + count}, exclusive. */
    public DeltaBatch slice(int from, int count) {
        if (from == 0 && count == rowCount) {
            return this;
        }
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> from + i);
        return select(rows, count);
    }

    /** The same rows with the chosen columns, in the order given. */
    public DeltaBatch project(int... chosen) {
        Column[] projected = new Column[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            projected[i] = columns[chosen[i]];
        }
        return new DeltaBatch(rowCount, projected, weights);
    }

    /** The same rows with other weights; null for all +1. */
    public DeltaBatch withWeights(int @Nullable [] newWeights) {
        return new DeltaBatch(rowCount, columns, newWeights);
    }
}
