package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code SHOW name}: the value of one setting of the session. */
public record ShowSetting(QualifiedName name, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitShowSetting(this);
    }
}
