package io.thalweg.server.catalog;

import java.util.List;

/** Where the records of the catalog are kept, in order. One owner thread at a time. */
public interface CatalogJournal {
    /** All records that were ever appended, oldest first. */
    List<byte[]> readAll();

    /** Returns when the record is on disk; after a failure it may or may not be there. */
    void append(byte[] record);
}
