package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code CREATE STREAM name (columns …)}. The elements have no primary key. */
public record CreateStream(
        CreateMode mode, QualifiedName name, RelationElements elements, StorageClauses storage, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateStream(this);
    }
}
