package io.thalweg.server.catalog;

import io.thalweg.model.error.ThalwegException;
import java.util.List;

/** Where the records of the catalog are kept, in order. One owner thread at a time. */
public interface CatalogJournal {
    /** All records that were ever appended, oldest first. */
    List<byte[]> readAll();

    /** Returns when the record is on disk; after a failure it may or may not be there. */
    void append(byte[] record);

    /** Whether a failure of {@link #append} says that the record is not there, now and after any restart. */
    boolean isCertainlyNotAppended(ThalwegException failure);
}
