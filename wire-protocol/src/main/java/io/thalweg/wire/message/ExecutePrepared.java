package io.thalweg.wire.message;

/**
 * Runs a prepared statement once for each row of parameters; all its rows together are one change, visible together. A
 * statement without parameters is given one row without columns. A query is given exactly one row.
 *
 * @param parameters its columns have the types that {@link Prepared} told
 */
public record ExecutePrepared(long queryId, long statementId, RowBlock parameters, ExecuteOptions options)
        implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitExecutePrepared(this);
    }
}
