package io.thalweg.parser.ast;

import io.thalweg.model.error.SourceSpan;

/**
 * The value of an option or a setting.
 *
 * @param text a string without its quotes, a number as written, a truth value or a word in lower case
 */
public record SettingValue(Kind kind, String text, SourceSpan span) {
    /** How the value was written. */
    public enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        /** A name without quotes, such as {@code earliest}. */
        WORD
    }
}
