package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RowReferences;
import java.util.Arrays;

/** Collects left rows with their partners, or without, into batches that go out when they are full. */
final class AsofPairs {
    private final OrderedRows left;
    private final OrderedRows right;
    private final RowType rightType;
    private final RowReferences paired = new RowReferences();
    private final RowReferences partners = new RowReferences();
    private final int[] pairedWeights = new int[DeltaBatch.TARGET_ROWS];
    private final RowReferences alone = new RowReferences();
    private final int[] aloneWeights = new int[DeltaBatch.TARGET_ROWS];

    AsofPairs(OrderedRows left, OrderedRows right, RowType rightType) {
        this.left = left;
        this.right = right;
        this.rightType = rightType;
    }

    /** Adds a pair so many times; a weight of 0 adds nothing. */
    void add(int row, int partner, long weight, Output output) {
        long rest = weight;
        while (rest != 0) {
            int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, rest));
            rest -= part;
            if (partner == OrderedRows.NO_ROW) {
                aloneWeights[alone.count()] = part;
                left.refer(row, alone);
            } else {
                pairedWeights[paired.count()] = part;
                left.refer(row, paired);
                right.refer(partner, partners);
            }
            if (paired.count() == pairedWeights.length || alone.count() == aloneWeights.length) {
                flush(output);
            }
        }
    }

    /** Lets out what is left. */
    void flush(Output output) {
        if (paired.count() > 0) {
            int count = paired.count();
            output.emit(batch(left.decode(paired), right.decode(partners), count, pairedWeights));
            paired.clear();
            partners.clear();
        }
        if (alone.count() > 0) {
            int count = alone.count();
            output.emit(batch(left.decode(alone), nulls(count), count, aloneWeights));
            alone.clear();
        }
    }

    /** Left rows as rows of the result. */
    DeltaBatch alone(DeltaBatch rows) {
        Column[] columns = new Column[rows.columnCount()];
        Arrays.setAll(columns, rows::column);
        return new DeltaBatch(rows.rowCount(), concat(columns, nulls(rows.rowCount())), rows.weights());
    }

    private static DeltaBatch batch(Column[] left, Column[] right, int count, int[] weights) {
        return new DeltaBatch(count, concat(left, right), Arrays.copyOf(weights, count));
    }

    private static Column[] concat(Column[] left, Column[] right) {
        Column[] columns = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, columns, left.length, right.length);
        return columns;
    }

    private Column[] nulls(int count) {
        Column[] columns = new Column[rightType.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder nulls = new ColumnBuilder(rightType.type(i).kind());
            for (int row = 0; row < count; row++) {
                nulls.appendNull();
            }
            columns[i] = nulls.build();
        }
        return columns;
    }
}
