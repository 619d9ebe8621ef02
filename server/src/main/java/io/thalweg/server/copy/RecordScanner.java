package io.thalweg.server.copy;

import java.util.Optional;

/** Finds where the records of a file end. Remembers what it has seen of the record under way. One owner thread. */
interface RecordScanner {
    /** A record begins, and nothing of it was seen yet. */
    void begin();

    /**
     * Looks through further bytes of the record.
     *
     * @return the index behind the record and what ends it, or -1 if the record goes on behind {@code to}
     */
    int scan(byte[] data, int from, int to);

    /** Whether a byte between records, or before the end of one, belongs to none. */
    boolean isPadding(byte value);

    /** Why the file must not end where it does, after the bytes that were scanned; empty if it may. */
    Optional<String> openAtEnd();
}
