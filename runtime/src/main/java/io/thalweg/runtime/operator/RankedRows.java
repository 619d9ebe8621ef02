package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;

/** Collects rows, each with a rank and a weight, into batches that go out when they are full. */
final class RankedRows {
    private final OrderedRows rows;
    private final boolean hasRank;
    private final RowReferences references = new RowReferences();
    private final long[] ranks = new long[DeltaBatch.TARGET_ROWS];
    private final int[] weights = new int[DeltaBatch.TARGET_ROWS];

    RankedRows(OrderedRows rows, boolean hasRank) {
        this.rows = rows;
        this.hasRank = hasRank;
    }

    /** Adds a row so many times; a weight of 0 adds nothing. */
    void add(int row, long rank, long weight, Output output) {
        long rest = weight;
        while (rest != 0) {
            int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, rest));
            ranks[references.count()] = rank;
            weights[references.count()] = part;
            rows.refer(row, references);
            rest -= part;
            if (references.count() == weights.length) {
                flush(output);
            }
        }
    }

    /** Lets out what is left. */
    void flush(Output output) {
        int count = references.count();
        if (count == 0) {
            return;
        }
        Column[] columns = rows.decode(references);
        if (hasRank) {
            columns = Arrays.copyOf(columns, columns.length + 1);
            columns[columns.length - 1] = new LongColumn(count, Arrays.copyOf(ranks, count), null);
        }
        references.clear();
        output.emit(new DeltaBatch(count, columns, Arrays.copyOf(weights, count)));
    }
}
