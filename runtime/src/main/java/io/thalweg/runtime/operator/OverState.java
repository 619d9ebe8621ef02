package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.over.OverCalls;
import io.thalweg.runtime.over.OverResults;
import io.thalweg.runtime.over.PartitionRows;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import java.util.Arrays;

/** The rows of each partition in their order, equal rows as rows of their own, and what was last said of each. */
final class OverState implements PartitionKeys.Owner {
    private final int orderColumn;
    private final PartitionKeys keys;
    private final OrderedPartitions ordered;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private final PartitionRows shown;
    private final OverCalls calls;
    private final OverResults results;
    private final CopyMerge merge;
    private final OverRelease release;
    private final OverChanges changes;
    private final Runnable cancellationCheck;

    OverState(OverNode node, OperatorContext context) {
        MemoryAccount account = context.account();
        RowType input = node.input().type();
        int[] columns = new int[node.calls().size()];
        Arrays.setAll(columns, i -> input.size() + i);
        this.orderColumn = node.keys().isEmpty() ? -1 : node.keys().get(0).column();
        this.ordered = new OrderedPartitions(input, node.keys(), 1, (kept, row) -> false, context);
        this.rows = ordered.rows();
        this.lists = ordered.lists();
        this.shown = new PartitionRows(rows);
        this.results = new OverResults(node.type().project(columns), account);
        this.calls = new OverCalls(node, shown, results, account);
        this.release = new OverRelease(node, ordered, calls, results, account);
        this.merge = new CopyMerge(rows, OrderedPartitions.WEIGHT);
        this.changes = new OverChanges(rows, results, node.type().project(columns));
        this.keys = new PartitionKeys(input, node.partition(), node.closeTime(), this, account);
        this.cancellationCheck = context.cancellationCheck();
        keys.openOnly();
    }

    @Override
    public void open(int partition) {
        ordered.open(partition);
        release.open(partition);
    }

    @Override
    public void close(int partition) {
        for (int place = 0; place < lists.size(partition); place++) {
            forget(lists.row(partition, place));
        }
        drop(partition);
    }

    /** Gives up a partition whose rows are gone. */
    private void drop(int partition) {
        lists.close(partition);
        calls.release(partition);
        release.forget(partition);
    }

    private void forget(int row) {
        results.forget(row);
        rows.remove(row);
    }

    void add(DeltaBatch batch) {
        ordered.add(batch, keys.resolve(batch));
    }

    void endStep(Output output) {
        for (int i = 0; i < ordered.touchedCount(); i++) {
            int partition = ordered.touched(i);
            change(partition, output);
            if (!forgetEmpty(partition)) {
                release.watch(partition);
            }
        }
        changes.flush(output);
        ordered.endStep();
        results.compact();
    }

    private boolean forgetEmpty(int partition) {
        boolean isEmpty = release.isEmpty(partition);
        if (isEmpty) {
            drop(partition);
            keys.forget(partition);
        }
        return isEmpty;
    }

    private void change(int partition, Output output) {
        int[] list = lists.rows(partition);
        int settled = lists.size(partition) - lists.unsettled(partition);
        merge.merge(list, settled, lists.size(partition));
        if (merge.edits() == 0) {
            lists.truncate(partition, settled);
            return;
        }
        lists.truncate(partition, settled);
        release.show(partition, shown);
        calls.beforeChange(partition, Math.min(settled, merge.place(0)));
        lists.replace(partition, merge.merged(), merge.size());
        release.show(partition, shown);
        compute(partition, output);
        for (int i = 0; i < merge.goneCount(); i++) {
            changes.delete(merge.gone(i), output);
            forget(merge.gone(i));
        }
    }

    /** Computes anew what edits may concern, each stretch of rows once. */
    private void compute(int partition, Output output) {
        int from = 0;
        int to = 0;
        for (int edit = 0; edit < merge.edits(); edit++) {
            int first = firstAffected(edit);
            int end = lastAffected(edit);
            if (edit == 0 || first > to) {
                compute(partition, from, to, output);
                from = first;
                to = end;
            } else {
                from = Math.min(from, first);
                to = Math.max(to, end);
            }
        }
        compute(partition, from, to, output);
    }

    private int firstAffected(int edit) {
        int place = merge.place(edit);
        int first = place;
        if (merge.added(edit) > 0) {
            first = Math.min(first, firstAffectedBy(merge.merged()[place], place));
        }
        if (merge.goneFrom(edit) < merge.goneTo(edit)) {
            first = Math.min(first, firstAffectedBy(merge.gone(merge.goneFrom(edit)), place));
        }
        return first;
    }

    private int firstAffectedBy(int row, int place) {
        return calls.firstAffected(rows.prefix(row), isNull(row), place);
    }

    private int lastAffected(int edit) {
        int behind = merge.place(edit) + merge.added(edit);
        int last = behind;
        if (merge.added(edit) > 0) {
            last = Math.max(last, lastAffectedBy(merge.merged()[behind - 1], behind));
        }
        if (merge.goneFrom(edit) < merge.goneTo(edit)) {
            last = Math.max(last, lastAffectedBy(merge.gone(merge.goneTo(edit) - 1), behind));
        }
        return last;
    }

    private int lastAffectedBy(int row, int placeBehind) {
        return calls.lastAffected(rows.prefix(row), isNull(row), placeBehind);
    }

    private boolean isNull(int row) {
        return orderColumn >= 0 && rows.isNull(row, orderColumn);
    }

    private void compute(int partition, int from, int to, Output output) {
        int first = Math.max(from, release.firstOpen(partition));
        if (first >= to) {
            return;
        }
        calls.begin(partition, first);
        for (int place = first; place < to; place++) {
            calls.append(place, changes.results());
            changes.added(shown.id(place), output);
            if (place % DeltaBatch.TARGET_ROWS == 0) {
                cancellationCheck.run();
            }
        }
    }

    void closeUpTo(long watermark) {
        keys.closeUpTo(watermark);
        release.advanceTo(watermark);
        for (int partition = release.poll(); partition != PartitionSettling.NONE; partition = release.poll()) {
            release.release(partition, shown);
            forgetEmpty(partition);
        }
        rows.compact();
        results.compact();
    }

    /** How many rows are kept, and partitions that are known by more than their rows. */
    long size() {
        return ordered.size() + release.remembered();
    }

    /** Rows with their old and new results, collected into batches. */
    private static final class OverChanges {
        private final OverResults known;
        private final OverDeltas deleted;
        private final OverDeltas inserted;
        private final ColumnBuilder[] results;
        private final int[] ids = new int[DeltaBatch.TARGET_ROWS];
        private int count;

        private OverChanges(OrderedRows rows, OverResults known, RowType type) {
            this.known = known;
            this.deleted = new OverDeltas(rows, known, -1);
            this.inserted = new OverDeltas(rows, known, 1);
            this.results = new ColumnBuilder[type.size()];
            Arrays.setAll(results, i -> new ColumnBuilder(type.type(i).kind()));
        }

        /** The columns that the results of the next row are appended to. */
        private ColumnBuilder[] results() {
            return results;
        }

        /** The results of a row have been appended. */
        private void added(int row, Output output) {
            ids[count++] = row;
            if (count == ids.length) {
                compare(output);
            }
        }

        private void compare(Output output) {
            Column[] columns = new Column[results.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = results[i].build();
            }
            known.load(new DeltaBatch(count, columns, null));
            for (int i = 0; i < count; i++) {
                if (!known.isSame(ids[i], i)) {
                    delete(ids[i], output);
                    known.store(ids[i], i);
                    inserted.add(ids[i], output);
                }
            }
            count = 0;
        }

        /** Takes back what was said of a row. */
        private void delete(int row, Output output) {
            if (known.isKnown(row)) {
                deleted.add(row, output);
            }
        }

        private void flush(Output output) {
            compare(output);
            deleted.flush(output);
            inserted.flush(output);
        }
    }
}
