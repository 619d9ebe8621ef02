package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A clause that may stand anywhere among others but one time only. */
final class Once<T> {
    private final String clause;
    private @Nullable T value;

    Once(String clause) {
        this.clause = clause;
    }

    /** Takes the clause; fails if it was there before. */
    void set(T newValue, SourceSpan span) {
        if (value != null) {
            throw SyntaxErrorTranslator.error(clause + " is given twice", span);
        }
        value = newValue;
    }

    Optional<T> get() {
        return Optional.ofNullable(value);
    }
}
