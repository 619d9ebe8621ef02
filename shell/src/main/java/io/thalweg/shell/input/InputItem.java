package io.thalweg.shell.input;

/**
 * One thing to do.
 *
 * @param text a statement without its semicolon, or a command that begins with a backslash
 * @param line the line of the input where it begins, from 1
 */
public record InputItem(Kind kind, String text, int line) {
    /** Who understands the text. */
    public enum Kind {
        /** The database. */
        STATEMENT,
        /** The shell itself. */
        COMMAND
    }
}
