package io.thalweg.model.delta;

import io.thalweg.model.type.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a batch row by row: append one value to every column, then call {@link #endRow(int)}. Reusable after
 * {@link #build()}. One owner thread.
 */
public final class DeltaBatchBuilder {
    private final ColumnBuilder[] columns;
    private int[] weights = new int[64];
    private boolean anyWeight;
    private int rowCount;

    public DeltaBatchBuilder(RowType type) {
        this.columns = new ColumnBuilder[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnBuilder(type.type(i).kind());
        }
    }

    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /** Rows that are complete. */
    public int rowCount() {
        return rowCount;
    }

    public boolean isEmpty() {
        return rowCount == 0;
    }

    /** Whether the batch has reached the size that producers aim at. */
    public boolean isFull() {
        return rowCount >= DeltaBatch.TARGET_ROWS;
    }

    /** Completes a row of weight +1. */
    public void endRow() {
        endRow(1);
    }

    /** Completes a row. The weight is not 0. */
    public void endRow(int weight) {
        if (weight == 0) {
            throw new IllegalArgumentException("a row of weight 0");
        }
        if (rowCount == weights.length) {
            weights = Arrays.copyOf(weights, rowCount * 2);
        }
        weights[rowCount++] = weight;
        anyWeight |= weight != 1;
    }

    /** Takes back what was appended to columns since the last row was completed. */
    public void undoRow() {
        for (ColumnBuilder column : columns) {
            column.truncate(rowCount);
        }
    }

    /** Appends a row of another batch of the same column kinds, with another weight. */
    public void appendRow(DeltaBatch source, int row, int weight) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendFrom(source.column(i), row);
        }
        endRow(weight);
    }

    /** Appends all rows of another batch of the same column kinds, with their weights. */
    public void appendAll(DeltaBatch source) {
        for (int row = 0; row < source.rowCount(); row++) {
            appendRow(source, row, source.weight(row));
        }
    }

    /** The batch of all rows completed since the last build. */
    public DeltaBatch build() {
        Column[] built = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].rowCount() != rowCount) {
                throw new IllegalStateException("column " + i + " has " + columns[i].rowCount()
                        + " values in a batch of " + rowCount + " rows");
            }
            built[i] = columns[i].build();
        }
        int @Nullable [] builtWeights = anyWeight ? weights : null;
        DeltaBatch batch = new DeltaBatch(rowCount, built, builtWeights);
        weights = new int[64];
        anyWeight = false;
        rowCount = 0;
        return batch;
    }
}
