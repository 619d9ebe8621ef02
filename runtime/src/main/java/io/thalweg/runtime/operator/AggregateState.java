package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.aggregate.AggregateCalls;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.Arrays;
import java.util.Optional;

/**
 * The groups of an aggregation. In a step each group that a row touches is remembered once, with its row from before the
 * step; {@link #beginChanges()} to {@link #endChanges()} turn that into old and new rows. In the first step there is
 * nothing from before, so nothing is remembered: every group is new.
 */
final class AggregateState {
    private static final int ONLY_GROUP = 1;
    private static final int GROUPS_PER_BATCH = DeltaBatch.TARGET_ROWS / 2;
    private static final int NO_ROW = -1;

    private final RowType type;
    private final int groupColumns;
    private final Optional<KeyTable> keys;
    private final AggregateCalls calls;
    private final Optional<GroupClosing> closing;
    /** The step in which each group was last touched. */
    private final RecordPages touchSteps;

    private long step = 1;
    private int[] groups = {};
    private int[] touched = new int[64];
    /** For each touched group the row of {@link #before} that holds its old results, or {@link #NO_ROW}. */
    private int[] beforeRows = new int[64];

    private int touchedCount;
    private final ColumnBuilder[] before;
    private int beforeCount;
    private final ColumnBuilder[] after;
    private Column[] beforeColumns = {};
    private int nextTouched;

    AggregateState(AggregateNode node, boolean appendOnly, MemoryAccount account) {
        RowType input = node.input().type();
        this.type = node.type();
        this.groupColumns = node.groupColumns().size();
        this.keys = groupColumns == 0
                ? Optional.empty()
                : Optional.of(KeyTable.create(input, node.groupColumns(), KeyTable.NullKeys.EQUAL, account));
        this.calls = new AggregateCalls(node.calls(), input, appendOnly, account);
        this.closing = node.closeTime()
                .filter(close -> close.column() < groupColumns)
                .map(close -> new GroupClosing(close, node.groupColumns().get(close.column()), account));
        this.touchSteps = new RecordPages(1, account);
        this.before = resultBuilders();
        this.after = resultBuilders();
        if (keys.isEmpty()) {
            calls.open(ONLY_GROUP);
            touchSteps.ensure(ONLY_GROUP);
        }
    }

    private ColumnBuilder[] resultBuilders() {
        ColumnBuilder[] builders = new ColumnBuilder[type.size() - groupColumns];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = new ColumnBuilder(type.type(groupColumns + i).kind());
        }
        return builders;
    }

    private boolean isFirstStep() {
        return step == 1;
    }

    void fold(DeltaBatch batch) {
        int rows = batch.rowCount();
        if (groups.length < rows) {
            groups = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        if (keys.isPresent()) {
            resolve(batch, keys.get());
        } else {
            Arrays.fill(groups, 0, rows, ONLY_GROUP);
        }
        if (!isFirstStep()) {
            touch(rows);
        }
        calls.fold(batch, groups);
    }

    private void resolve(DeltaBatch batch, KeyTable table) {
        table.resolve(batch, groups);
        int created = table.createdCount();
        boolean anyClosed = false;
        for (int i = 0; i < created; i++) {
            int row = table.createdRow(i);
            int group = groups[row];
            calls.open(group);
            touchSteps.ensure(group);
            touchSteps.set(group, 0, 0);
            if (closing.isPresent()) {
                anyClosed |= !closing.get().add(group, batch, row);
            }
        }
        if (anyClosed && closing.isPresent()) {
            ignoreClosed(batch, table, closing.get());
        }
    }

    /** Takes out the groups that a row has just brought back after they were closed. */
    private void ignoreClosed(DeltaBatch batch, KeyTable table, GroupClosing close) {
        int[] closed = new int[table.createdCount()];
        int count = 0;
        for (int i = 0; i < table.createdCount(); i++) {
            if (close.isClosed(batch, table.createdRow(i))) {
                closed[count++] = groups[table.createdRow(i)];
            }
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            if (close.isClosed(batch, row)) {
                groups[row] = AggregateCalls.NO_GROUP;
            }
        }
        for (int i = 0; i < count; i++) {
            calls.release(closed[i]);
            table.remove(closed[i]);
        }
    }

    private void touch(int rows) {
        for (int row = 0; row < rows; row++) {
            int group = groups[row];
            if (group != AggregateCalls.NO_GROUP && touchSteps.get(group, 0) != step) {
                touchSteps.set(group, 0, step);
                remember(group);
            }
        }
    }

    private void remember(int group) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
            beforeRows = Arrays.copyOf(beforeRows, touchedCount * 2);
        }
        touched[touchedCount] = group;
        if (isEmitted(group)) {
            calls.append(group, before);
            beforeRows[touchedCount] = beforeCount++;
        } else {
            beforeRows[touchedCount] = NO_ROW;
        }
        touchedCount++;
    }

    /** Whether a group has a row in the result; asked between steps this says whether it was emitted. */
    private boolean isEmitted(int group) {
        return keys.isEmpty() || calls.rowCount(group) != 0;
    }

    void beginChanges() {
        if (isFirstStep()) {
            touchAll();
        }
        beforeColumns = new Column[before.length];
        for (int i = 0; i < before.length; i++) {
            beforeColumns[i] = before[i].build();
        }
        nextTouched = 0;
    }

    private void touchAll() {
        int end = keys.isPresent() ? keys.get().end() : ONLY_GROUP + 1;
        touched = new int[Math.max(64, end - 1)];
        beforeRows = new int[touched.length];
        Arrays.fill(beforeRows, NO_ROW);
        touchedCount = end - 1;
        for (int group = 1; group < end; group++) {
            touched[group - 1] = group;
        }
    }

    boolean hasMoreChanges() {
        return nextTouched < touchedCount;
    }

    /** The changes of some more of the touched groups, perhaps none. */
    DeltaBatch nextChanges() {
        int from = nextTouched;
        int count = Math.min(GROUPS_PER_BATCH, touchedCount - from);
        nextTouched = from + count;
        int[] ids = Arrays.copyOfRange(touched, from, from + count);
        Column[] afterColumns = results(ids);
        Column[] keyColumns = keys.isPresent() ? keys.get().keys(ids, count) : new Column[0];
        DeltaBatch changes = beforeCount == 0
                ? insertions(ids, keyColumns, afterColumns)
                : new ChangedRows(beforeColumns, keyColumns, afterColumns).build(from, ids);
        for (int group : ids) {
            if (!isEmitted(group)) {
                forget(group);
            }
        }
        return changes;
    }

    private Column[] results(int[] ids) {
        for (int group : ids) {
            if (isEmitted(group)) {
                calls.append(group, after);
            } else {
                for (ColumnBuilder column : after) {
                    column.appendNull();
                }
            }
        }
        Column[] columns = new Column[after.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = after[i].build();
        }
        return columns;
    }

    private DeltaBatch insertions(int[] ids, Column[] keyColumns, Column[] afterColumns) {
        Column[] columns = Arrays.copyOf(keyColumns, type.size());
        System.arraycopy(afterColumns, 0, columns, keyColumns.length, afterColumns.length);
        DeltaBatch batch = new DeltaBatch(ids.length, columns, null);
        int[] kept = new int[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            kept[count] = i;
            count += isEmitted(ids[i]) ? 1 : 0;
        }
        return count == ids.length ? batch : batch.select(kept, count);
    }

    private void forget(int group) {
        closing.ifPresent(close -> close.remove(group));
        calls.release(group);
        keys.ifPresent(table -> table.remove(group));
    }

    void endChanges() {
        step++;
        touchedCount = 0;
        beforeCount = 0;
        beforeColumns = new Column[0];
        if (touched.length > DeltaBatch.MAX_ROWS) {
            touched = new int[64];
            beforeRows = new int[64];
        }
    }

    void closeUpTo(long watermark) {
        closing.ifPresent(close -> {
            close.advanceTo(watermark);
            for (int group = close.poll(); group != GroupClosing.NONE; group = close.poll()) {
                calls.release(group);
                keys.orElseThrow().remove(group);
            }
        });
    }

    /** How many groups there are. */
    long size() {
        return keys.isPresent() ? keys.get().size() : 1;
    }

    /** Puts the old and the new row of each changed group next to each other. */
    private final class ChangedRows {
        private final Column[] old;
        private final Column[] key;
        private final Column[] current;

        private ChangedRows(Column[] old, Column[] key, Column[] current) {
            this.old = old;
            this.key = key;
            this.current = current;
        }

        private DeltaBatch build(int from, int[] ids) {
            int[] rows = new int[2 * ids.length];
            int[] weights = new int[2 * ids.length];
            ColumnBuilder[] results = resultBuilders();
            int count = 0;
            for (int i = 0; i < ids.length; i++) {
                int oldRow = beforeRows[from + i];
                boolean isPresent = isEmitted(ids[i]);
                if (oldRow != NO_ROW && isPresent && isSame(oldRow, i)) {
                    continue;
                }
                if (oldRow != NO_ROW) {
                    append(results, old, oldRow);
                    rows[count] = i;
                    weights[count++] = -1;
                }
                if (isPresent) {
                    append(results, current, i);
                    rows[count] = i;
                    weights[count++] = 1;
                }
            }
            Column[] columns = new Column[key.length + results.length];
            for (int i = 0; i < key.length; i++) {
                columns[i] = key[i].select(rows, count);
            }
            for (int i = 0; i < results.length; i++) {
                columns[key.length + i] = results[i].build();
            }
            return new DeltaBatch(count, columns, weights);
        }

        private boolean isSame(int oldRow, int row) {
            for (int i = 0; i < old.length; i++) {
                if (!Cells.equal(old[i], oldRow, current[i], row)) {
                    return false;
                }
            }
            return true;
        }

        private static void append(ColumnBuilder[] results, Column[] source, int row) {
            for (int i = 0; i < results.length; i++) {
                results[i].appendFrom(source[i], row);
            }
        }
    }
}
