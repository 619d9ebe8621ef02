package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code USE schema}: where unqualified names are looked up from now on. */
public record UseSchema(QualifiedName schema, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUseSchema(this);
    }
}
