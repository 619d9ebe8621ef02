package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;

/**
 * {@code RESET name}, also written {@code SET name = DEFAULT}.
 *
 * @param name empty for {@code RESET ALL}
 */
public record ResetSetting(Optional<QualifiedName> name, SourceSpan span) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitResetSetting(this);
    }
}
