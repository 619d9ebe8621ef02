package io.thalweg.runtime.over;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;

/** Some columns of the rows of a partition, decoded a stretch at a time; made for one that goes along the places. */
final class DecodedRows {
    private static final int STRETCH = 256;

    private final PartitionRows rows;
    private final int[] columns;
    private DeltaBatch stretch = new DeltaBatch(0, new Column[0], null);
    private int from;

    DecodedRows(PartitionRows rows, int... columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Forgets what was decoded, since other rows are shown. */
    void reset() {
        stretch = new DeltaBatch(0, new Column[0], null);
        from = 0;
    }

    /** A stretch with the row at a place in it, which is found at {@link #row}; not to be asked for more than {@code end}. */
    DeltaBatch at(int place, int end) {
        if (place < from || place >= from + stretch.rowCount()) {
            from = place;
            stretch = rows.columns(place, Math.min(Math.max(end, place + 1), place + STRETCH), columns);
        }
        return stretch;
    }

    /** Where the row at a place is in the stretch. */
    int row(int place) {
        return place - from;
    }
}
