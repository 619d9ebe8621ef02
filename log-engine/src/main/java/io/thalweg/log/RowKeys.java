package io.thalweg.log;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Tells the log which rows of a payload have the same key, since it cannot read payloads; supplied by the owner of a
 * compacted partition. Called by one thread at a time.
 */
public interface RowKeys {
    /** Shows the rows of the frame that a cursor is on. A row that is not shown has no key and is kept for good. */
    void visit(LogCursor frame, Visitor visitor);

    /** How many rows the frame that a cursor is on still has; fewer than its offsets if some were taken out. */
    default int presentRows(LogCursor frame) {
        return frame.rowCount();
    }

    /** Whether rows can be taken out of the frame that a cursor is on; if not, they go all together or not at all. */
    default boolean isDivisible(LogCursor frame) {
        return false;
    }

    /** The payload of a divisible frame that a cursor is on without some of its rows, the others keeping their numbers. */
    default ByteBuffer without(LogCursor frame, BitSet removed) {
        throw new UnsupportedOperationException("rows cannot be taken out of this payload");
    }

    /** Receives keyed rows. */
    interface Visitor {
        /**
         * A row of the frame.
         *
         * @param index its number in the frame, from 0
         * @param key its key; the visitor keeps the array
         * @param tombstone whether the row says that the key is gone
         */
        void row(int index, byte[] key, boolean tombstone);
    }
}
