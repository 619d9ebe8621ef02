package io.thalweg.runtime.expression;

import io.thalweg.model.delta.DeltaBatch;

/**
 * A compiled filter and its projections. It keeps scratch buffers, so it has one owner thread; the batches it returns
 * are its caller's to keep.
 */
public interface CalcFunction {
    /**
     * The rows of the input for which the condition is true, projected, with their weights. The input itself if nothing
     * changes; a batch without rows if none is left. The order of rows is kept.
     *
     * @throws io.thalweg.model.error.ThalwegException if the evaluation of a row fails
     */
    DeltaBatch apply(DeltaBatch input);
}
