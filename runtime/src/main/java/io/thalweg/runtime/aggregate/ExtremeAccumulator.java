package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.ByteArena;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/** MIN or MAX over rows that are never taken out again: the best value so far is all there is to know. */
final class ExtremeAccumulator extends Accumulator {
    private static final int PRESENT = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final int slot;
    /** 1 if a greater value is better, -1 if a lower one is. */
    private final int direction;

    private final OrderedValues ordered;
    private int end;

    ExtremeAccumulator(RecordLayout layout, SqlType argument, AggregateFunction function, MemoryAccount account) {
        this.slot = layout.reserve(3);
        this.direction = function == AggregateFunction.MAXIMUM ? 1 : -1;
        this.ordered = new OrderedValues(argument, account);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            if (group != AggregateCalls.NO_GROUP) {
                long[] page = records.page(group);
                int at = records.offset(group) + slot;
                ordered.load(values, i);
                boolean isPresent = page[at + PRESENT] != 0;
                if (!isPresent || ordered.compareStored(page[at + FIRST], page[at + SECOND]) * direction < 0) {
                    if (isPresent) {
                        ordered.free(page[at + FIRST]);
                    }
                    page[at + PRESENT] = 1;
                    page[at + FIRST] = ordered.store();
                    page[at + SECOND] = ordered.second();
                    end = Math.max(end, group + 1);
                }
            }
        }
        if (ordered.shouldMove()) {
            move(records);
        }
    }

    private void move(RecordPages records) {
        ByteArena old = ordered.beginMove();
        for (int group = 1; group < end; group++) {
            if (records.get(group, slot + PRESENT) != 0) {
                records.set(group, slot + FIRST, ordered.move(old, records.get(group, slot + FIRST)));
            }
        }
        old.discard();
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        if (records.get(group, slot + PRESENT) == 0) {
            out.appendNull();
        } else {
            ordered.append(records.get(group, slot + FIRST), records.get(group, slot + SECOND), out);
        }
    }

    @Override
    void release(RecordPages records, int group) {
        if (records.get(group, slot + PRESENT) != 0) {
            ordered.free(records.get(group, slot + FIRST));
        }
    }
}
