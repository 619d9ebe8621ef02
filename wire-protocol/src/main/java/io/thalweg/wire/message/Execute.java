package io.thalweg.wire.message;

/** Runs the text of one statement without parameters, in one round trip. */
public record Execute(long queryId, String sql, ExecuteOptions options) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitExecute(this);
    }
}
