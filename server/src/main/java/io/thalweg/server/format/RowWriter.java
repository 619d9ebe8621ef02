package io.thalweg.server.format;

import io.thalweg.model.delta.DeltaBatch;
import java.io.IOException;

/** Writes rows in some format, batch after batch; the file is complete once it has been finished. One owner thread. */
public interface RowWriter {
    /** Writes rows of weight +1. */
    void write(DeltaBatch rows) throws IOException;

    /** Writes what stands behind the rows and passes everything on; the last call. */
    void finish() throws IOException;
}
