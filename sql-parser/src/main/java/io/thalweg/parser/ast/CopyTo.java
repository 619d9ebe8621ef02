package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code COPY name TO 'file'} or {@code COPY (query) TO 'file'}: writes rows into a file. */
public record CopyTo(CopySource source, CopyFile file, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCopyTo(this);
    }
}
