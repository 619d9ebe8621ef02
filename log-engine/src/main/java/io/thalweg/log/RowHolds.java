package io.thalweg.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** All holds on the rows of one partition. Thread-safe. */
final class RowHolds {
    private final LogStart start;
    /** Guarded by this; as many as there are readers. */
    private final List<RowHold> holds = new ArrayList<>();

    RowHolds(LogStart start) {
        this.start = start;
    }

    /** Holds all rows that there are; waits while retention takes some away. */
    synchronized RowHold add(String holder) {
        RowHold hold = new RowHold(this, holder, start.offset());
        holds.add(hold);
        return hold;
    }

    synchronized void remove(RowHold hold) {
        holds.remove(hold);
    }

    /** The first offset that somebody holds; the greatest number when nobody does. */
    synchronized long first() {
        long first = Long.MAX_VALUE;
        for (RowHold hold : holds) {
            first = Math.min(first, hold.offset());
        }
        return first;
    }

    /** Who holds rows below an offset, each once. */
    synchronized List<String> holdersBelow(long offset) {
        return holds.stream()
                .filter(hold -> hold.offset() < offset)
                .map(RowHold::holder)
                .distinct()
                .sorted()
                .toList();
    }

    /** Removes the rows below an offset as far as nobody holds them; no hold begins meanwhile. */
    synchronized void trim(long wanted, LongConsumer trimTo) {
        trimTo.accept(Math.min(wanted, first()));
    }
}
