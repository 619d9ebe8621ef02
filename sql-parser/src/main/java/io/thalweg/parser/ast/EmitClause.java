package io.thalweg.parser.ast;

/** What a query says about the changes of its answer. */
public enum EmitClause {
    /** Nothing. What that means depends on the statement around the query. */
    NONE,
    /** {@code EMIT CHANGES} or {@code SELECT STREAM}. */
    CHANGES,
    /** {@code EMIT FINAL} or {@code EMIT ON WINDOW CLOSE}. */
    FINAL
}
