package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import java.util.Arrays;

/**
 * A text in which offsets can be turned into lines and columns. A line ends with {@code \n}, {@code \r} or {@code
 * \r\n}, as it does for the planner's parser; a column is a UTF-16 unit, also for a tab and for a byte order mark.
 */
final class SourceText {
    private final String text;
    private final int[] lineStarts;

    SourceText(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int offset = 0; offset < text.length(); offset++) {
            if (endsLine(text, offset)) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = offset + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    private static boolean endsLine(String text, int offset) {
        char character = text.charAt(offset);
        boolean beforeLineFeed = offset + 1 < text.length() && text.charAt(offset + 1) == '\n';
        return character == '\n' || (character == '\r' && !beforeLineFeed);
    }

    String text() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** The characters from one offset up to, not including, another. */
    String slice(int from, int to) {
        return text.substring(from, to);
    }

    /** The place of the characters from one offset up to, not including, another; of one character at least. */
    SourceSpan span(int from, int to) {
        int last = Math.max(from, to - 1);
        int startLine = lineOf(from);
        int endLine = lineOf(last);
        return new SourceSpan(
                startLine, from - lineStarts[startLine - 1] + 1, endLine, last - lineStarts[endLine - 1] + 1);
    }

    private int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
