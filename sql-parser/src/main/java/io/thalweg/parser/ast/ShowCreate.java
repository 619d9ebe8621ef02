package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/** {@code SHOW CREATE name}: the statement that makes the object. */
public record ShowCreate(Optional<ObjectKind> kind, QualifiedName name, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitShowCreate(this);
    }
}
