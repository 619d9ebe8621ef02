package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code BEGIN}, {@code COMMIT} or {@code ROLLBACK}, as tools send them unasked. */
public record ControlTransaction(TransactionAction action, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitControlTransaction(this);
    }
}
