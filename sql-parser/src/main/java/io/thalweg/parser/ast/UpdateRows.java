package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code UPDATE name SET …}, kept as text.
 *
 * @param text the whole statement
 */
public record UpdateRows(QualifiedName target, QueryText text, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUpdateRows(this);
    }
}
