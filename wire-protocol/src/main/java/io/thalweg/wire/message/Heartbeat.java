package io.thalweg.wire.message;

/** Sent on a connection that is otherwise silent, so that both sides notice when the other is gone. */
public record Heartbeat() implements ServerMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitHeartbeat(this);
    }
}
