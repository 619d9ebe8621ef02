package io.thalweg.shell.terminal;

import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * What completion knows of the text before the cursor: the word under the cursor. A word is a run of letters, digits,
 * {@code _} and {@code $}; nothing needs quoting or escaping.
 */
record StatementLine(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {
    static StatementLine at(String line, int cursor) {
        int start = cursor;
        while (start > 0 && isWordPart(line.charAt(start - 1))) {
            start--;
        }
        // A command such as \d is one word.
        if (start > 0 && line.charAt(start - 1) == '\\') {
            start--;
        }
        int end = cursor;
        while (end < line.length() && isWordPart(line.charAt(end))) {
            end++;
        }
        return new StatementLine(line, cursor, line.substring(start, end), cursor - start);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    /** The word before the one under the cursor, in the same text. */
    String previousWord() {
        String before = line.substring(0, cursor - wordCursor).stripTrailing();
        int start = before.length();
        while (start > 0 && isWordPart(before.charAt(start - 1))) {
            start--;
        }
        return before.substring(start);
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor;
    }

    @Override
    public int rawWordLength() {
        return word.length();
    }
}
