package io.thalweg.wire.message;

/** Forgets a prepared statement; queries that run it go on. Not answered. An identifier that is not in use is ignored. */
public record CloseStatement(long statementId) implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCloseStatement(this);
    }
}
