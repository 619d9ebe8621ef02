package io.thalweg.wire.message;

/**
 * Something went wrong. The failed statement or query is gone and its identifier free; a failed connection is closed by
 * the server after this message.
 *
 * @param id of the statement or the query; 0 for the connection
 */
public record Failed(Subject subject, long id, WireError error) implements ServerMessage {
    /** What failed. */
    public enum Subject {
        CONNECTION,
        STATEMENT,
        QUERY
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFailed(this);
    }
}
