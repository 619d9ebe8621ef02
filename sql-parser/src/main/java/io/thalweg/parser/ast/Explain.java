package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code EXPLAIN} of a query or of a statement that holds one.
 *
 * @param target never an {@code Explain}
 */
public record Explain(ExplainMode mode, Statement target, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitExplain(this);
    }
}
