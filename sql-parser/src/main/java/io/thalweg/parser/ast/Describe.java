package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/** {@code DESCRIBE name}: the columns of an object. */
public record Describe(Optional<ObjectKind> kind, QualifiedName name, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitDescribe(this);
    }
}
