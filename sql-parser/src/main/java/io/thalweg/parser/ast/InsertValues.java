package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/**
 * {@code INSERT INTO name VALUES (…), (…)}: rows that are written out.
 *
 * @param columns the columns named before {@code VALUES}; empty for all
 * @param values the text from the word {@code VALUES} on, which has no {@code EMIT} clause
 */
public record InsertValues(QualifiedName target, List<Identifier> columns, QueryText values, SourceSpan span)
        implements Statement {
    public InsertValues {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitInsertValues(this);
    }
}
