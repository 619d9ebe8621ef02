package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.over.OverResults;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;

/** Collects rows with what is known of them at that moment into batches of one weight, which go out when they are full. */
final class OverDeltas {
    private final OrderedRows rows;
    private final OverResults results;
    private final int weight;
    private final RowReferences rowReferences = new RowReferences();
    private final RowReferences resultReferences = new RowReferences();

    OverDeltas(OrderedRows rows, OverResults results, int weight) {
        this.rows = rows;
        this.results = results;
        this.weight = weight;
    }

    void add(int row, Output output) {
        rows.refer(row, rowReferences);
        results.refer(row, resultReferences);
        if (rowReferences.count() == DeltaBatch.TARGET_ROWS) {
            flush(output);
        }
    }

    /** Lets out what is left. */
    void flush(Output output) {
        int count = rowReferences.count();
        if (count == 0) {
            return;
        }
        Column[] own = rows.decode(rowReferences);
        Column[] known = results.decode(resultReferences);
        rowReferences.clear();
        resultReferences.clear();
        Column[] columns = Arrays.copyOf(own, own.length + known.length);
        System.arraycopy(known, 0, columns, own.length, known.length);
        int[] weights = new int[count];
        Arrays.fill(weights, weight);
        output.emit(new DeltaBatch(count, columns, weights));
    }
}
