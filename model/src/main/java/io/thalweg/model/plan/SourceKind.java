package io.thalweg.model.plan;

/** Where the rows of a scan come from. */
public enum SourceKind {
    /** The rows of a stream that came in time: append-only. */
    STREAM,
    /** The rows of a stream that came late or without a time: append-only. */
    LATE_ROWS,
    /** The current rows of a table, and their changes. */
    TABLE,
    /** The current rows of a materialized view, and their changes. */
    MATERIALIZED_VIEW,
    /** Rows that the server makes when asked: a fixed set, read in snapshots only. */
    SYSTEM_TABLE
}
