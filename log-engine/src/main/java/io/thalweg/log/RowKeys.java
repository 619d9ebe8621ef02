package io.thalweg.log;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

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

    /**
     * The payload of the frame that a cursor is on without some of its rows, the others keeping their numbers; empty
     * when rows cannot be taken out of it, so that they go all together or not at all.
     */
    default Optional<ByteBuffer> without(LogCursor frame, BitSet removed) {
        return Optional.empty();
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
