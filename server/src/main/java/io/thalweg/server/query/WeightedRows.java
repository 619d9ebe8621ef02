package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;

/** Writes out rows that stand for several equal ones. */
final class WeightedRows {
    private WeightedRows() {}

    /** The batch with each row as often as its weight says, all of weight +1. No weight may be negative. */
    static DeltaBatch repeat(DeltaBatch delta) {
        int[] weights = delta.weights();
        if (weights == null) {
            return delta;
        }
        int total = 0;
        for (int row = 0; row < delta.rowCount(); row++) {
            if (weights[row] < 0) {
                throw new IllegalStateException("a result that only grows has lost a row");
            }
            total = Math.addExact(total, weights[row]);
        }
        int[] rows = new int[total];
        int next = 0;
        for (int row = 0; row < delta.rowCount(); row++) {
            for (int i = 0; i < weights[row]; i++) {
                rows[next++] = row;
            }
        }
        return delta.withWeights(null).select(rows, total);
    }
}
