package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code DELETE FROM name …}, kept as text.
 *
 * @param text the whole statement
 */
public record DeleteRows(QualifiedName target, QueryText text, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitDeleteRows(this);
    }
}
