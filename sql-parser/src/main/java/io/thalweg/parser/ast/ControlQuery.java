package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code PAUSE|RESUME|DROP QUERY name}; {@code TERMINATE} is the same as {@code DROP QUERY}. */
public record ControlQuery(QueryAction action, boolean ifExists, QualifiedName name, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitControlQuery(this);
    }
}
