package io.thalweg.runtime.operator;

import io.thalweg.runtime.state.IndexSort;
import io.thalweg.runtime.state.OrderedRows;
import java.util.Arrays;

/**
 * Merges the rows that a step has brought into the ordered rows of a partition, where equal rows stand next to each other. Tells
 * which stretches of the result are new, and which rows are gone. Reused from partition to partition.
 */
final class CopyMerge {
    private final OrderedRows rows;
    private final int weightSlot;
    private int[] merged = {};
    private int size;
    /** Of each edit: where it is in the result, how many rows are new there, and how many gone rows there are up to it. */
    private int[] places = new int[16];

    private int[] added = new int[16];
    private int[] goneUpTo = new int[16];
    private int edits;
    private int[] gone = new int[16];
    private int goneCount;

    /** @param weightSlot in which of their own longs added rows have their weights */
    CopyMerge(OrderedRows rows, int weightSlot) {
        this.rows = rows;
        this.weightSlot = weightSlot;
    }

    /** Merges a list whose first rows are in their order and whose other rows have weights. */
    void merge(int[] list, int ordered, int all) {
        edits = 0;
        goneCount = 0;
        int[] deltas = netDeltas(list, ordered, all);
        int count = deltas.length;
        if (count > 0 && appends(list, ordered, deltas)) {
            // In place, since at the end of a long list that is the usual case.
            merged = list;
            System.arraycopy(deltas, 0, merged, ordered, count);
            size = ordered + count;
            edit(ordered, count);
            return;
        }
        long needed = ordered;
        for (int delta : deltas) {
            needed += Math.max(0, rows.own(delta, weightSlot));
        }
        merged = new int[Math.toIntExact(needed)];
        size = 0;
        int from = 0;
        for (int delta : deltas) {
            int place = lowerBound(list, from, ordered, delta);
            take(list, from, place);
            from = place;
            long weight = rows.own(delta, weightSlot);
            if (weight > 0) {
                insert(delta, weight);
            } else {
                from = delete(list, from, ordered, delta, -weight);
            }
        }
        take(list, from, ordered);
    }

    private boolean appends(int[] list, int ordered, int[] deltas) {
        if (ordered > 0 && rows.compare(list[ordered - 1], deltas[0]) >= 0) {
            return false;
        }
        for (int delta : deltas) {
            if (rows.own(delta, weightSlot) != 1) {
                return false;
            }
        }
        return true;
    }

    /** The added rows in their order, equal ones summed up to one. */
    private int[] netDeltas(int[] list, int ordered, int all) {
        int[] order = IndexSort.sort(all - ordered, (l, r) -> rows.compare(list[ordered + l], list[ordered + r]));
        int[] net = new int[order.length];
        int count = 0;
        for (int next : order) {
            int row = list[ordered + next];
            if (count > 0 && rows.compare(net[count - 1], row) == 0) {
                int kept = net[count - 1];
                rows.setOwn(kept, weightSlot, rows.own(kept, weightSlot) + rows.own(row, weightSlot));
                rows.remove(row);
            } else {
                count = withoutZero(net, count);
                net[count++] = row;
            }
        }
        return Arrays.copyOf(net, withoutZero(net, count));
    }

    private int withoutZero(int[] net, int count) {
        if (count == 0 || rows.own(net[count - 1], weightSlot) != 0) {
            return count;
        }
        rows.remove(net[count - 1]);
        return count - 1;
    }

    private int lowerBound(int[] list, int from, int end, int row) {
        int low = from;
        int high = end;
        while (low < high) {
            int middle = low + high >>> 1;
            if (rows.compare(list[middle], row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void take(int[] list, int from, int to) {
        System.arraycopy(list, from, merged, size, to - from);
        size += to - from;
    }

    private void insert(int row, long copies) {
        edit(size, Math.toIntExact(copies));
        merged[size++] = row;
        for (long i = 1; i < copies; i++) {
            merged[size++] = rows.duplicate(row);
        }
    }

    private int delete(int[] list, int from, int end, int delta, long copies) {
        int place = from;
        while (place < end && place - from < copies && rows.compare(list[place], delta) == 0) {
            if (goneCount == gone.length) {
                gone = Arrays.copyOf(gone, goneCount * 2);
            }
            gone[goneCount++] = list[place++];
        }
        rows.remove(delta);
        edit(size, 0);
        return place;
    }

    private void edit(int place, int newRows) {
        if (edits == places.length) {
            places = Arrays.copyOf(places, edits * 2);
            added = Arrays.copyOf(added, edits * 2);
            goneUpTo = Arrays.copyOf(goneUpTo, edits * 2);
        }
        places[edits] = place;
        added[edits] = newRows;
        goneUpTo[edits++] = goneCount;
    }

    /** The rows in their order; the array is the receiver's. */
    int[] merged() {
        return merged;
    }

    int size() {
        return size;
    }

    /** How many places have changed. */
    int edits() {
        return edits;
    }

    /** Where an edit is in the result. */
    int place(int edit) {
        return places[edit];
    }

    /** How many rows are new at an edit. */
    int added(int edit) {
        return added[edit];
    }

    /** The first of the rows that are gone at an edit, by {@link #gone}. */
    int goneFrom(int edit) {
        return edit == 0 ? 0 : goneUpTo[edit - 1];
    }

    /** The end of the rows that are gone at an edit. */
    int goneTo(int edit) {
        return goneUpTo[edit];
    }

    /** A row that is gone; it is the receiver's to forget. */
    int gone(int index) {
        return gone[index];
    }

    int goneCount() {
        return goneCount;
    }
}
