package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets each value of a group through to another accumulator once, as long as some row has it. The rows are counted in a
 * table by group and value; what belongs to one group is chained, so that a group can be forgotten.
 */
final class DistinctAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int PREVIOUS = 1;
    private static final int NEXT = 2;
    private static final int GROUP = 3;

    private final int slot;
    private final Accumulator target;
    private final KeyTable values;
    private final RecordPages counts;

    private int[] ids = {};
    private int[] chosen = {};
    private int[] passedGroups = {};
    private int[] passedWeights = {};

    DistinctAccumulator(RecordLayout layout, SqlType argument, Accumulator target, MemoryAccount account) {
        this.slot = layout.reserve(1);
        this.target = target;
        RowType type = RowType.of("group", SqlType.INTEGER, "value", argument);
        this.values = KeyTable.create(type, List.of(0, 1), KeyTable.NullKeys.EQUAL, account);
        this.counts = new RecordPages(4, account);
    }

    @Override
    void add(RecordPages records, Column column, int[] groups, int @Nullable [] weights, int rows) {
        ensureScratch(rows);
        int count = 0;
        for (int i = 0; i < rows; i++) {
            chosen[count] = i;
            count += groups[i] == AggregateCalls.NO_GROUP ? 0 : 1;
        }
        Column own = count == rows ? column : column.select(chosen, count);
        int[] ownGroups = new int[count];
        for (int i = 0; i < count; i++) {
            ownGroups[i] = groups[chosen[i]];
        }
        values.resolve(new DeltaBatch(count, new Column[] {new IntColumn(count, ownGroups, null), own}, null), ids);
        for (int i = 0; i < values.createdCount(); i++) {
            int row = values.createdRow(i);
            link(records, ids[row], ownGroups[row]);
        }
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int weight = weights == null ? 1 : weights[chosen[i]];
            long before = counts.get(ids[i], COUNT);
            counts.set(ids[i], COUNT, before + weight);
            if (before > 0 != before + weight > 0) {
                passedGroups[passed] = ownGroups[i];
                passedWeights[passed] = before > 0 ? -1 : 1;
                chosen[passed++] = i;
            }
        }
        target.add(records, own.select(chosen, passed), passedGroups, passedWeights, passed);
        removeUncounted(records, count);
    }

    private void ensureScratch(int rows) {
        if (ids.length < rows) {
            int size = Math.max(rows, DeltaBatch.TARGET_ROWS);
            ids = new int[size];
            chosen = new int[size];
            passedGroups = new int[size];
            passedWeights = new int[size];
        }
    }

    private void link(RecordPages records, int id, int group) {
        counts.ensure(id);
        int next = (int) records.get(group, slot);
        counts.set(id, COUNT, 0);
        counts.set(id, PREVIOUS, 0);
        counts.set(id, NEXT, next);
        counts.set(id, GROUP, group);
        if (next != 0) {
            counts.set(next, PREVIOUS, id);
        }
        records.set(group, slot, id);
    }

    private void removeUncounted(RecordPages records, int count) {
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            if (counts.get(id, COUNT) == 0 && counts.get(id, GROUP) != AggregateCalls.NO_GROUP) {
                int previous = (int) counts.get(id, PREVIOUS);
                int next = (int) counts.get(id, NEXT);
                if (next != 0) {
                    counts.set(next, PREVIOUS, previous);
                }
                if (previous != 0) {
                    counts.set(previous, NEXT, next);
                } else {
                    records.set((int) counts.get(id, GROUP), slot, next);
                }
                counts.set(id, GROUP, AggregateCalls.NO_GROUP);
                values.remove(id);
            }
        }
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        target.append(records, group, call, out);
    }

    @Override
    void release(RecordPages records, int group) {
        for (int id = (int) records.get(group, slot); id != 0; id = (int) counts.get(id, NEXT)) {
            counts.set(id, GROUP, AggregateCalls.NO_GROUP);
            values.remove(id);
        }
        target.release(records, group);
    }
}
