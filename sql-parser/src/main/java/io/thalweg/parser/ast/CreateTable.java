package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code CREATE TABLE name (columns …)}. That there is a primary key is not checked here. */
public record CreateTable(
        CreateMode mode, QualifiedName name, RelationElements elements, StorageClauses storage, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateTable(this);
    }
}
