package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** A query whose answer goes to the client. */
public record QueryStatement(QueryText query, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitQueryStatement(this);
    }
}
