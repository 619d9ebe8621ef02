package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/** What {@code COPY … TO} writes. */
public sealed interface CopySource {
    SourceSpan span();

    /**
     * The rows of a relation.
     *
     * @param columns the columns named behind it; empty for all
     */
    record Relation(QualifiedName name, List<Identifier> columns, SourceSpan span) implements CopySource {
        public Relation {
            columns = List.copyOf(columns);
        }
    }

    /** The answer of a query. */
    record Query(QueryText query, SourceSpan span) implements CopySource {}
}
