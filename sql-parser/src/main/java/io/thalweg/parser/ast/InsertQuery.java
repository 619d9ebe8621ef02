package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/**
 * {@code INSERT INTO name query}: with an {@code EMIT} clause a continuous query, without one a single copy.
 *
 * @param columns the columns named before the query; empty for all
 */
public record InsertQuery(QualifiedName target, List<Identifier> columns, QueryText query, SourceSpan span)
        implements Statement {
    public InsertQuery {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitInsertQuery(this);
    }
}
