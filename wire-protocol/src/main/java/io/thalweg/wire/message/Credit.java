package io.thalweg.wire.message;

/** Lets the server send so many more {@link Rows} frames of a query; at least 1. Ignored for a query that has ended. */
public record Credit(long queryId, int frames) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCredit(this);
    }
}
