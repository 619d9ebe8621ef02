package io.thalweg.wire.message;

/**
 * Asks a query to stop with an error: it ends in {@link Failed} with QUERY_CANCELED, unless it has ended by then. The
 * server heeds it at once, whatever the credit.
 */
public record Cancel(long queryId) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCancel(this);
    }
}
