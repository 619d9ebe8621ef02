package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/**
 * {@code TRUNCATE STREAM|TABLE name [PARTITION n] [BEFORE …]}.
 *
 * @param partition empty for all of them
 * @param bound empty if all rows go
 */
public record TruncateRelation(
        ObjectKind kind,
        QualifiedName name,
        Optional<TruncatePartition> partition,
        Optional<TruncateBound> bound,
        SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTruncateRelation(this);
    }
}
