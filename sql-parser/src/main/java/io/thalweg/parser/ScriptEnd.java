package io.thalweg.parser;

/** In what state the end of a script leaves the last statement. */
public enum ScriptEnd {
    /** Every statement has its semicolon, or there is none. */
    COMPLETE,
    /** The last statement has no semicolon. */
    NO_SEMICOLON,
    /** A string is still open. */
    IN_STRING,
    /** A quoted name is still open. */
    IN_QUOTED_NAME,
    /** A block comment is still open. */
    IN_COMMENT
}
