package io.thalweg.wire.message;

/** Tells that the client wants no more rows of a query: it ends in {@link Completed}, unless it has ended by then. */
public record CloseQuery(long queryId) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCloseQuery(this);
    }
}
