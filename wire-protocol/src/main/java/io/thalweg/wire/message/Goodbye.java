package io.thalweg.wire.message;

/** The last message of an orderly client: the server ends its queries and closes the link. */
public record Goodbye() implements ClientMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitGoodbye(this);
    }
}
