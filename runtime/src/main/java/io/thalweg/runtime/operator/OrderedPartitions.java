package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.TouchedIds;
import java.util.List;

/**
 * The rows of many partitions, each partition in its order and each row with its weight, and which partitions a step has
 * touched. What a partition means is the owner's affair. One owner thread.
 */
public final class OrderedPartitions {
    /** Which of a row's own longs is its weight; the others are the owner's. */
    static final int WEIGHT = 0;

    private static final int STEP = 0;

    private final RowOrder order;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private final RecordPages steps;
    private final TouchedIds touched;
    private final Runnable cancellationCheck;
    private long[] prefixes = {};
    private long step = 1;

    /**
     * @param ownLongs how many longs are kept for each row, its weight among them
     * @param merging what becomes of equal rows
     */
    public OrderedPartitions(
            RowType type, List<SortKey> keys, int ownLongs, OrderedLists.Merging merging, OperatorContext context) {
        MemoryAccount account = context.account();
        this.order = new RowOrder(keys, type.size());
        this.rows = new OrderedRows(type, keys, ownLongs, account);
        this.lists = new OrderedLists(rows, merging, account);
        this.steps = new RecordPages(1, account);
        this.touched = new TouchedIds(account);
        this.cancellationCheck = context.cancellationCheck();
    }

    /** The rows. */
    public OrderedRows rows() {
        return rows;
    }

    /** The rows of each partition. */
    public OrderedLists lists() {
        return lists;
    }

    /** Begins a partition, empty. */
    public void open(int partition) {
        steps.ensure(partition);
        steps.clear(partition);
        lists.open(partition);
    }

    /** A number for each row of a batch, such that a row with a lower one comes first; shared and valid until the next call. */
    long[] prefixes(DeltaBatch batch) {
        if (prefixes.length < batch.rowCount()) {
            prefixes = new long[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        order.prefixes(batch, prefixes, 0);
        return prefixes;
    }

    /** Adds the rows of a batch, each to its partition, but for those of closed ones. */
    public void add(DeltaBatch batch, int[] found) {
        long[] all = prefixes(batch);
        rows.load(batch);
        for (int i = 0; i < batch.rowCount(); i++) {
            if (found[i] != PartitionKeys.CLOSED) {
                add(found[i], i, all[i], batch.weight(i));
            }
        }
    }

    /** Adds a row of the batch that was loaded last. */
    void add(int partition, int loaded, long prefix, long weight) {
        if (steps.get(partition, STEP) != step) {
            steps.set(partition, STEP, step);
            touched.add(partition);
        }
        int row = rows.add(loaded, prefix);
        rows.setOwn(row, WEIGHT, weight);
        lists.add(partition, row);
    }

    /** How many partitions the step has touched. */
    public int touchedCount() {
        return touched.count();
    }

    /** One of the partitions that the step has touched; looks now and then whether the query was cancelled. */
    public int touched(int index) {
        if (index % DeltaBatch.TARGET_ROWS == 0) {
            cancellationCheck.run();
        }
        return touched.get(index);
    }

    /** Ends the step. */
    public void endStep() {
        touched.clear();
        rows.compact();
        step++;
    }

    /** How often a row is there. */
    public long weight(int row) {
        return rows.own(row, WEIGHT);
    }

    /** Makes a row be there as often as another, equal one too; the result is how often that is. */
    public long addWeight(int kept, int row) {
        long weight = rows.own(kept, WEIGHT) + rows.own(row, WEIGHT);
        rows.setOwn(kept, WEIGHT, weight);
        return weight;
    }

    /** Takes rows that were deleted as often as they came out of a settled list, from a place on. */
    public void dropDeleted(int partition, int from) {
        int[] list = lists.rows(partition);
        int kept = from;
        for (int place = from; place < lists.size(partition); place++) {
            if (rows.own(list[place], WEIGHT) == 0) {
                rows.remove(list[place]);
            } else {
                list[kept++] = list[place];
            }
        }
        lists.truncate(partition, kept);
    }

    /** How many rows are kept. */
    public long size() {
        return rows.size();
    }
}
