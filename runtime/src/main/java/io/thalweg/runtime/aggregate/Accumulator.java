package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.runtime.state.RecordPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds the values of one column into the records of their groups. What is added may be taken out again with a negative
 * weight, in any order; the result depends on the sum only.
 *
 * <p>Group {@link AggregateCalls#NO_GROUP} gets the rows that do not count: a NULL argument or a filter that is not true.
 * Its record exists, so that loops need no branch, and is never read.
 */
abstract class Accumulator {
    /** Adds row {@code i} of the column, {@code weights[i]} times, to group {@code groups[i]}, for {@code i < rows}. */
    abstract void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows);

    /** Adds the rows of a batch by the columns of a call. Whoever needs more than the first one overrides this. */
    void add(RecordPages records, DeltaBatch batch, List<Integer> columns, int[] groups, int rows) {
        add(records, batch.column(columns.get(0)), groups, batch.weights(), rows);
    }

    /** Appends the result of a call that this accumulator serves. */
    abstract void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out);

    /** Gives back what a group holds outside of its record, which is cleared afterwards. */
    void release(RecordPages records, int group) {}
}
