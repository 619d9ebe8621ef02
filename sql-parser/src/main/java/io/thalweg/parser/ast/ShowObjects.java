package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/**
 * {@code SHOW STREAMS} and its sisters.
 *
 * @param scope the schema or, for partitions, the stream named by {@code OF}, {@code FROM} or {@code IN}
 * @param pattern what follows {@code LIKE}
 */
public record ShowObjects(ShowTarget target, Optional<QualifiedName> scope, Optional<String> pattern, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitShowObjects(this);
    }
}
