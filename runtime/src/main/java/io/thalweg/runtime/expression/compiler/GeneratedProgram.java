package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import org.jspecify.annotations.Nullable;

/**
 * What the generated classes extend: a condition and projections compiled to loops. First {@link #bind} a batch, then
 * filter it, then compute projections from the rows that are left. One owner thread.
 */
public abstract class GeneratedProgram {
    /** Sets the batch that the loops read. */
    public final void bind(DeltaBatch input) {
        for (int column : usedColumns()) {
            bindColumn(column, input.column(column));
        }
    }

    /** The input columns that the loops read. */
    protected abstract int[] usedColumns();

    /** Sets one column that the loops read. */
    public abstract void bindColumn(int index, Column column);

    /** Collects the rows below {@code rowCount} for which the condition is true and returns how many there are. */
    public abstract int filter(int rowCount, int[] selected);

    /** Computes a projection from the chosen rows, or from the first {@code count} rows without a choice. */
    public abstract Column project(int projection, int @Nullable [] rows, int count);
}
