package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/**
 * {@code CREATE MATERIALIZED VIEW}: a continuous query whose answer is kept.
 *
 * @param columns the names the view gives to its columns; empty if the query names them
 */
public record CreateMaterializedView(
        CreateMode mode,
        QualifiedName name,
        List<Identifier> columns,
        StorageClauses storage,
        QueryText query,
        SourceSpan span)
        implements Statement {
    public CreateMaterializedView {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateMaterializedView(this);
    }
}
