package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * {@code DROP FUNCTION name}.
 *
 * @param cascade whether what calls it goes too; {@code RESTRICT} and nothing mean no
 */
public record DropFunction(boolean ifExists, QualifiedName name, boolean cascade, SourceSpan span)
        implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitDropFunction(this);
    }
}
