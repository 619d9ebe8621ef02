package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code CREATE STREAM name AS query}: a stream that a continuous query fills. */
public record CreateStreamAs(
        CreateMode mode, QualifiedName name, StorageClauses storage, QueryText query, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateStreamAs(this);
    }
}
