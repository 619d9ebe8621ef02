package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/**
 * {@code COPY name (columns) FROM 'file'}: inserts the rows of a file.
 *
 * @param columns the columns named behind the target; empty if the file or the target says which
 */
public record CopyFrom(QualifiedName target, List<Identifier> columns, CopyFile file, SourceSpan span)
        implements Statement {
    public CopyFrom {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCopyFrom(this);
    }
}
