package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code CREATE TABLE name AS query}. */
public record CreateTableAs(
        CreateMode mode, QualifiedName name, StorageClauses storage, QueryText query, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateTableAs(this);
    }
}
