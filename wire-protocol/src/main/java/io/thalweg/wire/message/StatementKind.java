package io.thalweg.wire.message;

/** What a prepared statement does, as far as a client must know. */
public enum StatementKind {
    /** Returns rows. */
    QUERY,
    /** INSERT of values: each row of parameters inserts the same number of rows. */
    INSERT,
    /** Changes rows, and counts them: UPDATE, DELETE, INSERT from a query that ends. */
    UPDATE,
    /** Changes the catalog. */
    DDL,
    /** Anything else: SET, PAUSE, INSERT from an endless query. */
    OTHER
}
