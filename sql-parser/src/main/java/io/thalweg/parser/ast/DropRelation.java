package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;

/**
 * {@code DROP STREAM|TABLE|VIEW|MATERIALIZED VIEW name}.
 *
 * @param cascade whether what depends on it goes too; {@code RESTRICT} and nothing mean no
 */
public record DropRelation(ObjectKind kind, boolean ifExists, QualifiedName name, boolean cascade, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitDropRelation(this);
    }
}
