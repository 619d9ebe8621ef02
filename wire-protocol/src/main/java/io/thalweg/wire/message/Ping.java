package io.thalweg.wire.message;

/** Answered at once by a {@link Pong} of the same number, whatever queries do. */
public record Ping(long number) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPing(this);
    }
}
