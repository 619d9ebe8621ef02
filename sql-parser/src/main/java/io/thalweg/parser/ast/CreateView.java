package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * {@code CREATE VIEW}: a name for a query.
 *
 * @param columns the names the view gives to its columns; empty if the query names them
 */
public record CreateView(
        CreateMode mode,
        QualifiedName name,
        List<Identifier> columns,
        Optional<String> comment,
        QueryText query,
        SourceSpan span)
        implements Statement {
    public CreateView {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCreateView(this);
    }
}
