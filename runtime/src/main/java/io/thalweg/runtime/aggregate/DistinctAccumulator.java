package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets each value of a group through to other accumulators once, as long as some row has it. All DISTINCT calls over one
 * column share one table of groups and values; for each of their filters it counts the rows that have the value and pass, or
 * just remembers that there was one if no row is ever taken out again. What belongs to one group is chained, so that a group
 * can be forgotten.
 */
final class DistinctAccumulator {
    private static final int NEXT = 0;
    /** Where no row is ever taken out: a bit for each filter. */
    private static final int SEEN = 1;

    private static final int SEEN_LONGS = 2;
    // Where rows are counted.
    private static final int PREVIOUS = 1;
    private static final int GROUP = 2;
    private static final int COUNTS = 3;

    private final int slot;
    private final int argument;
    private final List<Variant> variants;
    private final boolean counting;
    private final KeyTable values;
    private final RecordPages entries;

    private int[] ids = {};
    private int[] chosen = {};
    private int[] chosenGroups = {};
    private int[] passedRows = {};
    private int[] passedGroups = {};
    private int[] passedWeights = {};

    /**
     * The calls with one filter.
     *
     * @param filter the column that lets rows pass; {@link AggregateCalls#NONE} lets all
     * @param targets what folds the values
     */
    record Variant(int filter, List<Accumulator> targets) {
        Variant {
            targets = List.copyOf(targets);
        }
    }

    /**
     * @param argument the column of the values
     * @param appendOnly whether no row is ever taken out again
     */
    DistinctAccumulator(
            RecordLayout layout,
            RowType input,
            int argument,
            List<Variant> variants,
            boolean appendOnly,
            MemoryAccount account) {
        this.slot = layout.reserve(1);
        this.argument = argument;
        this.variants = List.copyOf(variants);
        this.counting = !appendOnly || variants.size() > Long.SIZE;
        RowType type = RowType.of("group", SqlType.INTEGER, "value", input.type(argument));
        this.values = KeyTable.create(type, List.of(0, 1), KeyTable.NullKeys.EQUAL, account);
        this.entries = new RecordPages(counting ? COUNTS + variants.size() : SEEN_LONGS, account);
    }

    /** Adds the rows of a batch to their groups. */
    void add(RecordPages records, DeltaBatch batch, int[] groups) {
        int rows = batch.rowCount();
        ensureScratch(rows);
        Column column = batch.column(argument);
        int count = choose(batch, column, groups);
        Column own = count == rows ? column : column.select(chosen, count);
        Column ownGroups = new IntColumn(count, chosenGroups, null);
        values.resolve(new DeltaBatch(count, new Column[] {ownGroups, own}, null), ids);
        for (int i = 0; i < values.createdCount(); i++) {
            int row = values.createdRow(i);
            link(records, ids[row], chosenGroups[row]);
        }
        for (int variant = 0; variant < variants.size(); variant++) {
            int passed = pass(batch, count, variant);
            if (passed > 0) {
                Column entered = column.select(passedRows, passed);
                for (Accumulator target : variants.get(variant).targets()) {
                    target.add(records, entered, passedGroups, passedWeights, passed);
                }
            }
        }
        if (counting && batch.weights() != null) {
            removeUncounted(records, count);
        }
    }

    private void ensureScratch(int rows) {
        if (ids.length < rows) {
            int size = Math.max(rows, DeltaBatch.TARGET_ROWS);
            ids = new int[size];
            chosen = new int[size];
            chosenGroups = new int[size];
            passedRows = new int[size];
            passedGroups = new int[size];
            passedWeights = new int[size];
        }
    }

    /** Chooses the rows that have a group and a value. */
    private int choose(DeltaBatch batch, Column column, int[] groups) {
        boolean anyNull = column.nulls() != null;
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if (groups[i] != AggregateCalls.NO_GROUP && !(anyNull && column.isNull(i)) && passesAny(batch, i)) {
                chosen[count] = i;
                chosenGroups[count++] = groups[i];
            }
        }
        return count;
    }

    private boolean passesAny(DeltaBatch batch, int row) {
        for (int i = 0; i < variants.size(); i++) {
            if (passes(batch, variants.get(i).filter(), row)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(DeltaBatch batch, int filter, int row) {
        if (filter == AggregateCalls.NONE) {
            return true;
        }
        IntColumn truths = batch.intColumn(filter);
        return truths.values()[row] != 0 && !truths.isNull(row);
    }

    /** Collects the rows that bring a value into a group, or take its last one out, for one filter. */
    private int pass(DeltaBatch batch, int count, int variant) {
        int @Nullable [] weights = batch.weights();
        int filter = variants.get(variant).filter();
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int row = chosen[i];
            if (passes(batch, filter, row)) {
                int change = enter(ids[i], variant, weights == null ? 1 : weights[row]);
                if (change != 0) {
                    passedGroups[passed] = chosenGroups[i];
                    passedWeights[passed] = change;
                    passedRows[passed++] = row;
                }
            }
        }
        return passed;
    }

    /** Counts a row: 1 if its value is new, -1 if it is gone, otherwise 0. */
    private int enter(int id, int variant, int weight) {
        if (!counting) {
            long seen = entries.get(id, SEEN);
            entries.set(id, SEEN, seen | 1L << variant);
            return (seen >>> variant & 1) == 0 ? 1 : 0;
        }
        long before = entries.get(id, COUNTS + variant);
        long after = before + weight;
        entries.set(id, COUNTS + variant, after);
        if (before > 0 == after > 0) {
            return 0;
        }
        return after > 0 ? 1 : -1;
    }

    private void link(RecordPages records, int id, int group) {
        entries.ensure(id);
        entries.clear(id);
        int next = (int) records.get(group, slot);
        entries.set(id, NEXT, next);
        records.set(group, slot, id);
        if (counting) {
            entries.set(id, GROUP, group);
            if (next != 0) {
                entries.set(next, PREVIOUS, id);
            }
        }
    }

    private void removeUncounted(RecordPages records, int count) {
        for (int i = 0; i < count; i++) {
            int id = ids[i];
            if (entries.get(id, GROUP) == AggregateCalls.NO_GROUP || isCounted(id)) {
                continue;
            }
            int previous = (int) entries.get(id, PREVIOUS);
            int next = (int) entries.get(id, NEXT);
            if (next != 0) {
                entries.set(next, PREVIOUS, previous);
            }
            if (previous != 0) {
                entries.set(previous, NEXT, next);
            } else {
                records.set((int) entries.get(id, GROUP), slot, next);
            }
            entries.set(id, GROUP, AggregateCalls.NO_GROUP);
            values.remove(id);
        }
    }

    private boolean isCounted(int id) {
        for (int variant = 0; variant < variants.size(); variant++) {
            if (entries.get(id, COUNTS + variant) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Forgets the values of a group; the targets forget theirs themselves. */
    void release(RecordPages records, int group) {
        int id = (int) records.get(group, slot);
        while (id != 0) {
            int next = (int) entries.get(id, NEXT);
            if (counting) {
                entries.set(id, GROUP, AggregateCalls.NO_GROUP);
            }
            values.remove(id);
            id = next;
        }
    }
}
