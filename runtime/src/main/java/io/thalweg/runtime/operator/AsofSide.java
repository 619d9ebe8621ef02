package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import java.util.List;

/**
 * The rows of one input of an as-of join, for each key in the order of their matched values. The values are numbers that are
 * the order prefixes of the rows.
 */
final class AsofSide {
    // What is known of a row.
    private static final int WEIGHT = 0;
    /** How often a left row is in the result, and with which right row. */
    private static final int SHOWN = 1;

    private static final int PARTNER = 2;

    private final int[] keys;
    private final int matched;
    private final RowOrder order;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private long[] values = {};

    /**
     * @param keys the columns of the key
     * @param matched the column of the matched value
     */
    AsofSide(RowType type, List<Integer> keys, int matched, MemoryAccount account) {
        this.keys = keys.stream().mapToInt(Integer::intValue).toArray();
        this.matched = matched;
        List<SortKey> byValue = List.of(new SortKey(matched, false, false));
        this.order = new RowOrder(byValue, type.size());
        this.rows = new OrderedRows(type, byValue, 3, account);
        this.lists = new OrderedLists(rows, this::merge, account);
    }

    private boolean merge(int kept, int row) {
        rows.setOwn(kept, WEIGHT, rows.own(kept, WEIGHT) + rows.own(row, WEIGHT));
        return true;
    }

    /** The key columns of a batch. */
    DeltaBatch keysOf(DeltaBatch batch) {
        return batch.project(keys);
    }

    /** Whether a row has no partner because a value that it is matched by is NULL. */
    boolean lacksValue(DeltaBatch batch, int row) {
        boolean lacks = batch.column(matched).isNull(row);
        for (int key : keys) {
            lacks |= batch.column(key).isNull(row);
        }
        return lacks;
    }

    void open(int key) {
        lists.open(key);
    }

    void close(int key) {
        lists.close(key);
    }

    /** Makes a batch without NULLs in its values ready to be added. */
    void load(DeltaBatch batch) {
        if (values.length < batch.rowCount()) {
            values = new long[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        order.prefixes(batch, values, 0);
        rows.load(batch);
    }

    /** Adds a row of the batch loaded last; returns its value. */
    long add(int key, int row, int weight) {
        int id = rows.add(row, values[row]);
        rows.setOwn(id, WEIGHT, weight);
        lists.add(key, id);
        return values[row];
    }

    /** Puts what was added to a key in its places. */
    void settle(int key) {
        lists.settle(key);
    }

    int size(int key) {
        return lists.size(key);
    }

    int row(int key, int place) {
        return lists.row(key, place);
    }

    long value(int key, int place) {
        return rows.prefix(lists.row(key, place));
    }

    int countBelow(int key, long value) {
        return lists.countBelow(key, value);
    }

    int countUpTo(int key, long value) {
        return lists.countUpTo(key, value);
    }

    /** Whether the row at a place is not deleted in this step. */
    boolean isPresent(int key, int place) {
        return weight(lists.row(key, place)) != 0;
    }

    long weight(int row) {
        return rows.own(row, WEIGHT);
    }

    long shown(int row) {
        return rows.own(row, SHOWN);
    }

    int partner(int row) {
        return (int) rows.own(row, PARTNER);
    }

    void show(int row, int partner) {
        rows.setOwn(row, SHOWN, rows.own(row, WEIGHT));
        rows.setOwn(row, PARTNER, partner);
    }

    /** Forgets the deleted rows between two places. */
    void dropDeleted(int key, int from, int to) {
        int[] list = lists.rows(key);
        int size = lists.size(key);
        int kept = from;
        for (int place = from; place < to; place++) {
            if (weight(list[place]) == 0) {
                rows.remove(list[place]);
            } else {
                list[kept++] = list[place];
            }
        }
        if (kept < to) {
            System.arraycopy(list, to, list, kept, size - to);
            lists.truncate(key, size - (to - kept));
        }
    }

    /** Forgets the first rows of a key. */
    void dropFirst(int key, int count) {
        for (int place = 0; place < count; place++) {
            rows.remove(lists.row(key, place));
        }
        if (count > 0) {
            lists.dropFirst(key, count);
        }
    }

    /** The rows themselves, to be decoded. */
    OrderedRows rows() {
        return rows;
    }
}
