package io.thalweg.runtime.operator;

import io.thalweg.model.plan.OverNode;
import io.thalweg.runtime.over.OverCalls;
import io.thalweg.runtime.over.OverResults;
import io.thalweg.runtime.over.PartitionRows;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedLists;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;
import java.util.Optional;

/**
 * Lets rows go whose results are final and that the results of no other row need: those behind the head of their partition and
 * before the first one that is needed. They go in crowds, so that up to a third more than is needed is kept. One owner thread.
 */
final class OverRelease {
    /** How many rows of a partition are gone. */
    private static final int RELEASED = 0;
    /** How many of the first rows of a list have results that are final. */
    private static final int CLOSED = 1;
    /** Rows go when they are so great a part of their list. */
    private static final int PART = 4;

    private final Optional<PartitionSettling> settling;
    private final OrderedRows rows;
    private final OrderedLists lists;
    private final OverCalls calls;
    private final OverResults results;
    private final RecordPages partitions;
    private final boolean remembers;
    private int remembered;

    OverRelease(OverNode node, OrderedPartitions ordered, OverCalls calls, OverResults results, MemoryAccount account) {
        this.settling = node.settledMicros().isPresent()
                ? Optional.of(new PartitionSettling(node.settledMicros().getAsLong(), false, account))
                : Optional.empty();
        this.rows = ordered.rows();
        this.lists = ordered.lists();
        this.calls = calls;
        this.results = results;
        this.partitions = new RecordPages(2, account);
        this.remembers = calls.remember();
    }

    void open(int partition) {
        partitions.ensure(partition);
        partitions.clear(partition);
    }

    /** Forgets a partition that is gone. */
    void forget(int partition) {
        remembered -= isRemembered(partition) ? 1 : 0;
        partitions.clear(partition);
        settling.ifPresent(times -> times.forget(partition));
    }

    private boolean isRemembered(int partition) {
        return remembers && partitions.get(partition, RELEASED) > 0;
    }

    /** How many partitions are known by more than the rows that they have left. */
    int remembered() {
        return remembered;
    }

    /** Shows the rows of a partition as they are. */
    void show(int partition, PartitionRows shown) {
        shown.show(lists.rows(partition), lists.size(partition), partitions.get(partition, RELEASED));
    }

    /** The first place whose results may change. */
    int firstOpen(int partition) {
        return (int) partitions.get(partition, CLOSED);
    }

    /** Whether there is nothing more to know of a partition. */
    boolean isEmpty(int partition) {
        return lists.size(partition) == 0 && !isRemembered(partition);
    }

    /** Plans to look at a partition again. */
    void watch(int partition) {
        if (settling.isEmpty() || lists.size(partition) == 0) {
            return;
        }
        long newest = rows.prefix(lists.row(partition, lists.size(partition) - 1));
        settling.get().watch(partition, newest);
        settling.get().watch(partition, calls.reach(newest));
    }

    void advanceTo(long watermark) {
        settling.ifPresent(times -> times.advanceTo(watermark));
    }

    /** Takes out a partition that should be looked at; {@link PartitionSettling#NONE} if there are no more. */
    int poll() {
        return settling.isEmpty() ? PartitionSettling.NONE : settling.get().poll();
    }

    /** Lets rows of a partition go. */
    void release(int partition, PartitionRows shown) {
        long prefix = settling.orElseThrow().firstOpen();
        int settled = lists.countBelow(partition, prefix);
        show(partition, shown);
        int open = calls.firstOpen(settled, prefix);
        int head = calls.head();
        int needed = calls.firstNeeded(partition, open, settled, prefix);
        int count = needed - head;
        if (count > 0 && count >= lists.size(partition) / PART) {
            for (int place = head; place < needed; place++) {
                int row = lists.row(partition, place);
                results.forget(row);
                rows.remove(row);
            }
            lists.drop(partition, head, needed);
            calls.drop(partition, count);
            remembered += remembers && !isRemembered(partition) ? 1 : 0;
            partitions.set(partition, RELEASED, partitions.get(partition, RELEASED) + count);
            open -= count;
        }
        partitions.set(partition, CLOSED, open);
        watch(partition);
    }
}
