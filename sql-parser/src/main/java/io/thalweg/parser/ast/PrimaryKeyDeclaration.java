package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/** {@code PRIMARY KEY (columns)}, or the same words behind one column. */
public record PrimaryKeyDeclaration(List<Identifier> columns, SourceSpan span) {
    public PrimaryKeyDeclaration {
        columns = List.copyOf(columns);
    }
}
