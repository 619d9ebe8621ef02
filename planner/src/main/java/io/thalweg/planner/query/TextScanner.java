package io.thalweg.planner.query;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL text into tokens, as far as is needed to look at it before it is parsed. Knows comments and quotes. */
final class TextScanner {
    /** What a token is. */
    enum Kind {
        WORD,
        STRING,
        QUOTED_NAME,
        SYMBOL
    }

    /**
     * A token.
     *
     * @param start its first character
     * @param end behind its last character
     */
    record Token(Kind kind, String text, int start, int end) {
        boolean isSymbol(char symbol) {
            return kind == Kind.SYMBOL && text.charAt(0) == symbol;
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private TextScanner(String text) {
        this.text = text;
    }

    static List<Token> scan(String text) {
        TextScanner scanner = new TextScanner(text);
        while (scanner.position < text.length()) {
            scanner.next();
        }
        return scanner.tokens;
    }

    private void next() {
        int start = position;
        char c = text.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (text.startsWith("--", position) || text.startsWith("//", position)) {
            skipTo("\n");
        } else if (text.startsWith("/*", position)) {
            skipTo("*/");
        } else if (c == '\'' || c == '"') {
            skipTo(String.valueOf(c));
            add(c == '"' ? Kind.QUOTED_NAME : Kind.STRING, start);
        } else if (Character.isJavaIdentifierStart(c)) {
            while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
                position++;
            }
            add(Kind.WORD, start);
        } else {
            position++;
            add(Kind.SYMBOL, start);
        }
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, position + 1);
        position = found < 0 ? text.length() : found + end.length();
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, text.substring(start, position), start, position));
    }
}
