package io.thalweg.wire.message;

/**
 * Asks for a statement to be checked and planned. Answered by {@link Prepared}, or {@link Failed} with the statement's
 * identifier, which is then free again.
 */
public record Prepare(long statementId, String sql) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPrepare(this);
    }
}
