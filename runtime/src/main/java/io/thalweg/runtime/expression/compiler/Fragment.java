package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.type.SqlType;

/**
 * The Java of one expression: statements, and after them a term for the value and a term that tells whether it is NULL.
 * Both terms can be used any number of times. Where the value is NULL its term is unspecified and must not be read.
 *
 * @param code statements, possibly none
 * @param value a Java expression without side effects
 * @param isNull a Java expression of type boolean; {@code "false"} and {@code "true"} where that is known
 */
record Fragment(String code, String value, String isNull, SqlType type) {
    private static final String NEVER = "false";
    private static final String ALWAYS = "true";

    /** A value that is never NULL. */
    static Fragment of(String code, String value, SqlType type) {
        return new Fragment(code, value, NEVER, type);
    }

    static Fragment nullOf(SqlType type) {
        return new Fragment("", ValueKind.of(type).unset(), ALWAYS, type);
    }

    ValueKind kind() {
        return ValueKind.of(type);
    }

    boolean neverNull() {
        return isNull.equals(NEVER);
    }

    boolean alwaysNull() {
        return isNull.equals(ALWAYS);
    }

    /** Whether the value is a term without statements: to evaluate it where it is not needed costs nearly nothing. */
    boolean isTerm() {
        return code.isEmpty() && neverNull();
    }
}
