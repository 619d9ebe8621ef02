package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/** {@code SET name = value} for the session. */
public record SetSetting(QualifiedName name, SettingValue value, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSetSetting(this);
    }
}
