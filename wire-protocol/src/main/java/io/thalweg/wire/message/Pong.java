package io.thalweg.wire.message;

/** The answer to a {@link Ping}. */
public record Pong(long number) implements ServerMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPong(this);
    }
}
