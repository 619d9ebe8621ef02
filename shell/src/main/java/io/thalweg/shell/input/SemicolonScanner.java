package io.thalweg.shell.input;

/**
 * Looks for semicolons outside of strings, quoted names and comments, each character once. The grammar decides where a
 * statement ends; this only spares it to read a long statement again at every line.
 */
final class SemicolonScanner {
    private static final char NOTHING = 0;
    private static final char COMMENT = '*';

    /** The quote or comment that is open at the end of the line before; a quote stands for itself. */
    private char open = NOTHING;

    /** Takes the next line, without its line end; returns whether it has a semicolon that ends a statement. */
    boolean findsSemicolon(String line) {
        boolean found = false;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (open == COMMENT) {
                if (line.startsWith("*/", i)) {
                    open = NOTHING;
                    i++;
                }
            } else if (open != NOTHING) {
                // A doubled quote closes and opens again.
                open = character == open ? NOTHING : open;
            } else if (line.startsWith("--", i)) {
                return found;
            } else if (line.startsWith("/*", i)) {
                open = COMMENT;
                i++;
            } else if (character == '\'' || character == '"') {
                open = character;
            } else {
                found |= character == ';';
            }
        }
        return found;
    }
}
