package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;

/** A query that was started. Thread-safe. */
public interface RunningQuery {
    /** A number that no other query of this server process has. */
    long id();

    /** Makes the query fail with this code soon, wherever it is; does nothing to a query that has ended. Never blocks. */
    void cancel(ErrorCode reason);

    boolean isDone();

    QueryStatus status();
}
