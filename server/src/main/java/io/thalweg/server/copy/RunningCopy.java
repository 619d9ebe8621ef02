package io.thalweg.server.copy;

import io.thalweg.server.query.FileProgress;
import io.thalweg.server.query.QueryStatus;
import java.util.Optional;

/** A COPY … FROM while it runs: written by its thread, read by SYS.QUERIES. */
final class RunningCopy {
    private final long id;
    private final String text;
    private final long startedMicros;
    private final long fileBytes;
    // Written by the copying thread, read by SYS.QUERIES.
    private volatile long rows;
    private volatile long batches;
    private volatile long bytes;

    RunningCopy(long id, String text, long startedMicros, long fileBytes) {
        this.id = id;
        this.text = text;
        this.startedMicros = startedMicros;
        this.fileBytes = fileBytes;
    }

    long id() {
        return id;
    }

    void readTo(long position) {
        bytes = position;
    }

    /** So many rows have been inserted, and are durable, since the beginning. */
    void inserted(long allRows, long allBatches) {
        rows = allRows;
        batches = allBatches;
    }

    QueryStatus status() {
        return new QueryStatus(
                id,
                Optional.empty(),
                "COPY",
                text,
                "RUNNING",
                rows,
                batches,
                Long.MIN_VALUE,
                startedMicros,
                0,
                Optional.of(new FileProgress(bytes, fileBytes)));
    }
}
