package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;

/**
 * The rows of each partition in their order, and what of each row is in the result. A row that was in the result stays in its
 * list to the end of the step, however far behind others have pushed it, so that it can be taken back then.
 */
final class TopNState implements PartitionKeys.Owner {
    // What is known of a row, beside its weight.
    /** How often the row is in the result. */
    static final int SHOWN = 1;
    /** The rank that the row has in the result. */
    static final int SHOWN_RANK = 2;

    // What is known of a partition.
    /** How many rows of the list are in the result. */
    private static final int SHOWN_ROWS = 0;
    /** Whether rows behind the bound are not wanted, and the order prefix of that bound. */
    private static final int IS_FULL = 1;

    private static final int BOUND = 2;
    /** So many rows, or as many as are wanted, wait at least before a list is cut. */
    private static final int WAITING = 16;
    /** Fewer would be put in their places one by one. */
    private static final int FEWEST_WAITING = 2;

    private final boolean appendOnly;
    private final boolean showsRank;
    private final int waiting;
    private final PartitionKeys keys;
    private final OrderedPartitions ordered;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private final RecordPages partitions;
    private final RankWalk walk;
    private final RankedRows changes;
    private int[] chosen = {};
    /** Whether settling a list has found a row that is deleted. */
    private boolean anyDeleted;

    TopNState(TopNNode node, boolean appendOnly, OperatorContext context) {
        MemoryAccount account = context.account();
        this.appendOnly = appendOnly;
        this.showsRank = node.hasRank();
        // Many partitions of which one row is wanted must not keep sixteen each.
        this.waiting =
                (int) Math.max(FEWEST_WAITING, Math.min(WAITING, node.range().last()));
        this.ordered = new OrderedPartitions(node.input().type(), node.keys(), 3, this::merge, context);
        this.rows = ordered.rows();
        this.lists = ordered.lists();
        this.partitions = new RecordPages(3, account);
        this.walk = new RankWalk(rows, node.range());
        this.changes = new RankedRows(rows, node.hasRank());
        this.keys = new PartitionKeys(node.input().type(), node.partition(), node.closeTime(), this, account);
        keys.openOnly();
    }

    private boolean merge(int kept, int row) {
        anyDeleted |= ordered.addWeight(kept, row) == 0;
        return true;
    }

    @Override
    public void open(int partition) {
        partitions.ensure(partition);
        partitions.clear(partition);
        ordered.open(partition);
    }

    @Override
    public void close(int partition) {
        for (int place = 0; place < lists.size(partition); place++) {
            rows.remove(lists.row(partition, place));
        }
        lists.close(partition);
    }

    void add(DeltaBatch batch) {
        int[] found = keys.resolve(batch);
        long[] prefixes = ordered.prefixes(batch);
        if (chosen.length < batch.rowCount()) {
            chosen = new int[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            chosen[count] = row;
            count += isWanted(found[row], prefixes[row]) ? 1 : 0;
        }
        DeltaBatch wanted = count == batch.rowCount() ? batch : batch.select(chosen, count);
        rows.load(wanted);
        for (int i = 0; i < count; i++) {
            int partition = found[chosen[i]];
            long prefix = prefixes[chosen[i]];
            // The rows of this batch may have filled the partition since.
            if (isWanted(partition, prefix)) {
                ordered.add(partition, i, prefix, wanted.weight(i));
                if (appendOnly && lists.unsettled(partition) > Math.max(waiting, lists.size(partition) / 2)) {
                    lists.settle(partition);
                    cut(partition);
                }
            }
        }
        rows.compact();
    }

    private boolean isWanted(int partition, long prefix) {
        if (partition == PartitionKeys.CLOSED) {
            return false;
        }
        long[] page = partitions.page(partition);
        int at = partitions.offset(partition);
        return page[at + IS_FULL] == 0 || prefix <= page[at + BOUND];
    }

    /** Drops the rows that no later row can bring into the result, but for those that are in it now. */
    private void cut(int partition) {
        int[] list = lists.rows(partition);
        int size = lists.size(partition);
        walk.begin();
        int end = 0;
        while (end < size && walk.next(list[end], ordered.weight(list[end]))) {
            end++;
        }
        if (end > 0 && walk.isFull()) {
            partitions.set(partition, IS_FULL, 1);
            partitions.set(partition, BOUND, rows.prefix(list[end - 1]));
        }
        int kept = end;
        for (int place = end; place < size; place++) {
            if (rows.own(list[place], SHOWN) != 0) {
                list[kept++] = list[place];
            } else {
                rows.remove(list[place]);
            }
        }
        lists.truncate(partition, kept);
    }

    void endStep(Output output) {
        for (int i = 0; i < ordered.touchedCount(); i++) {
            int partition = ordered.touched(i);
            anyDeleted = false;
            int lowest = lists.settle(partition);
            show(partition, output);
            if (appendOnly) {
                cut(partition);
            } else if (anyDeleted) {
                ordered.dropDeleted(partition, lowest);
            }
            if (lists.size(partition) == 0) {
                lists.close(partition);
                keys.forget(partition);
            }
        }
        changes.flush(output);
        ordered.endStep();
    }

    /** Lets out what of a partition has come into the result, and what has left it. */
    private void show(int partition, Output output) {
        int[] list = lists.rows(partition);
        int size = lists.size(partition);
        long shownBefore = partitions.get(partition, SHOWN_ROWS);
        long shown = 0;
        boolean isWithin = true;
        walk.begin();
        for (int place = 0; place < size && (isWithin || shownBefore > 0); place++) {
            int row = list[place];
            isWithin = isWithin && walk.next(row, ordered.weight(row));
            shownBefore -= rows.own(row, SHOWN) != 0 ? 1 : 0;
            change(row, isWithin ? walk.weight() : 0, walk.rank(), output);
            shown += rows.own(row, SHOWN) != 0 ? 1 : 0;
        }
        partitions.set(partition, SHOWN_ROWS, shown);
    }

    private void change(int row, long weight, long rank, Output output) {
        long oldWeight = rows.own(row, SHOWN);
        long oldRank = rows.own(row, SHOWN_RANK);
        rows.setOwn(row, SHOWN, weight);
        rows.setOwn(row, SHOWN_RANK, rank);
        if (!showsRank || (oldRank == rank && !walk.numbersRows())) {
            changes.add(row, rank, weight - oldWeight, output);
        } else if (!walk.numbersRows()) {
            changes.add(row, oldRank, -oldWeight, output);
            changes.add(row, rank, weight, output);
        } else {
            addRanks(row, oldRank, oldWeight, rank, weight, -1, output);
            addRanks(row, rank, weight, oldRank, oldWeight, 1, output);
        }
    }

    /** Lets out a row once for each of some ranks that are not among others. */
    private void addRanks(int row, long first, long count, long otherFirst, long otherCount, int sign, Output output) {
        for (long rank = first; rank < first + count; rank++) {
            if (rank < otherFirst || rank >= otherFirst + otherCount) {
                changes.add(row, rank, sign, output);
            }
        }
    }

    void closeUpTo(long watermark) {
        keys.closeUpTo(watermark);
    }

    /** How many rows are kept. */
    long size() {
        return ordered.size();
    }
}
