package io.thalweg.log;

/**
 * Tells the log which rows of a payload have the same key, since it cannot read payloads; supplied by the owner of a
 * compacted partition. Called by one thread at a time.
 */
public interface RowKeys {
    /** Shows the rows of the frame that a cursor is on. A row that is not shown has no key and is kept for good. */
    void visit(LogCursor frame, Visitor visitor);

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
