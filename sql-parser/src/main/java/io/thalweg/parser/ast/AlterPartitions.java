package io.thalweg.parser.ast;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.SourceSpan;

/** {@code ALTER STREAM name} with a change of its partitions. */
public record AlterPartitions(ObjectKind kind, QualifiedName name, PartitionChange change, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitAlterPartitions(this);
    }
}
