package io.thalweg.log;

/**
 * Keeps the rows of a partition at and above an offset as they are, for somebody who has still to read them: neither
 * retention nor compaction takes any of them. A trim by the owner of the partition does. Thread-safe.
 */
public final class RowHold implements AutoCloseable {
    private final RowHolds holds;
    private final String holder;
    /** Guarded by the holds. */
    private long offset;

    RowHold(RowHolds holds, String holder, long offset) {
        this.holds = holds;
        this.holder = holder;
        this.offset = offset;
    }

    /** The first offset that is held: at the beginning the start of the partition. */
    public long offset() {
        synchronized (holds) {
            return offset;
        }
    }

    /** Lets go of the rows below an offset; the hold never moves down. */
    public void moveTo(long newOffset) {
        synchronized (holds) {
            offset = Math.max(offset, newOffset);
        }
    }

    /** Who holds, for display. */
    String holder() {
        return holder;
    }

    /** Lets go of all rows. */
    @Override
    public void close() {
        holds.remove(this);
    }
}
