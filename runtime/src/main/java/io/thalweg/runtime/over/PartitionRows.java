package io.thalweg.runtime.over;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RowReferences;

/**
 * The rows of one partition in their order, each at its place from 0 on. Shows one partition after the other. Rows that nobody
 * needs any more may be left out: they were behind the first ones, which some functions always look at, and before all others.
 */
public final class PartitionRows {
    private final OrderedRows rows;
    private final RowReferences references = new RowReferences();
    private int[] ids = {};
    private int size;
    private long released;

    public PartitionRows(OrderedRows rows) {
        this.rows = rows;
    }

    /**
     * Shows a partition; the array is shared.
     *
     * @param newReleased how many rows are left out
     */
    public void show(int[] newIds, int newSize, long newReleased) {
        ids = newIds;
        size = newSize;
        released = newReleased;
    }

    /** How many rows are left out. */
    long released() {
        return released;
    }

    public int size() {
        return size;
    }

    /** The number of the row at a place. */
    public int id(int place) {
        return ids[place];
    }

    long prefix(int place) {
        return rows.prefix(ids[place]);
    }

    boolean isNull(int place, int column) {
        return rows.isNull(ids[place], column);
    }

    /** The first place of the peers of the row at a place. */
    int peersStart(int place) {
        int low = place;
        int step = 1;
        while (low - step >= 0 && rows.arePeers(ids[low - step], ids[place])) {
            low -= step;
            step *= 2;
        }
        // A peer is at low, none below low - step.
        int below = Math.max(-1, low - step);
        while (low - below > 1) {
            int middle = low + below >>> 1;
            if (rows.arePeers(ids[middle], ids[place])) {
                low = middle;
            } else {
                below = middle;
            }
        }
        return low;
    }

    /** The place behind the last peer of the row at a place. */
    int peersEnd(int place) {
        int high = place;
        int step = 1;
        while (high + step < size && rows.arePeers(ids[high + step], ids[place])) {
            high += step;
            step *= 2;
        }
        int above = Math.min(size, high + step);
        while (above - high > 1) {
            int middle = high + above >>> 1;
            if (rows.arePeers(ids[middle], ids[place])) {
                high = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /** The place of one of the last rows before a place that have a value in a column, or of the first such row behind the head. */
    int lastWithValue(int before, long count, int column, int head) {
        long missing = count;
        int found = before;
        for (int place = before - 1; place >= head && missing > 0; place--) {
            if (!isNull(place, column)) {
                missing--;
                found = place;
            }
        }
        return found;
    }

    /** Some columns of the rows at some places. */
    DeltaBatch columns(int from, int to, int[] columns) {
        references.clear();
        for (int place = from; place < to; place++) {
            rows.refer(ids[place], references);
        }
        Column[] decoded = rows.decode(references, columns);
        return new DeltaBatch(to - from, decoded, null);
    }
}
