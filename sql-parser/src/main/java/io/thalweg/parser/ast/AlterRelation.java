package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;

/** {@code ALTER STREAM|TABLE|VIEW|MATERIALIZED VIEW name} with one change. */
public record AlterRelation(ObjectKind kind, QualifiedName name, AlterAction action, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitAlterRelation(this);
    }
}
