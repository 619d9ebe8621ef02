package io.thalweg.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The text of a statement as the lexer sees it: by UTF-16 units, and with two stand-ins for everything outside ASCII,
 * {@link #LETTER} and {@link #OTHER}. The lexer remembers its decisions for ASCII only; for any other character it
 * would work each one out again, about a hundred times slower. Text and offsets are those of the original.
 */
final class StatementCharStream implements CharStream {
    /** Stands for a letter or a digit outside ASCII. */
    static final char LETTER = '\u0001';
    /** Stands for any other character outside ASCII and for the control characters that the stand-ins displace. */
    static final char OTHER = '\u0002';

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int ASCII_LIMIT = 0x80;

    private final String text;
    private int index;

    StatementCharStream(String text) {
        this.text = text;
    }

    @Override
    public void consume() {
        if (index == text.length()) {
            throw new IllegalStateException("nothing to consume at the end of the text");
        }
        index++;
    }

    @Override
    public int LA(int distance) {
        if (distance == 0) {
            return 0;
        }
        int offset = distance > 0 ? index + distance - 1 : index + distance;
        return offset >= 0 && offset < text.length() ? standIn(offset) : IntStream.EOF;
    }

    private char standIn(int offset) {
        char character = text.charAt(offset);
        if (character < ASCII_LIMIT) {
            return character == LETTER ? OTHER : character;
        }
        if (character == BYTE_ORDER_MARK && offset == 0) {
            return ' ';
        }
        return Character.isLetterOrDigit(codePointAround(offset)) ? LETTER : OTHER;
    }

    private int codePointAround(int offset) {
        boolean secondHalf = offset > 0
                && Character.isLowSurrogate(text.charAt(offset))
                && Character.isHighSurrogate(text.charAt(offset - 1));
        return text.codePointAt(secondHalf ? offset - 1 : offset);
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int newIndex) {
        index = Math.min(newIndex, text.length());
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return IntStream.UNKNOWN_SOURCE_NAME;
    }

    @Override
    public String getText(Interval interval) {
        int from = Math.max(0, interval.a);
        int to = Math.min(text.length(), interval.b + 1);
        return from < to ? text.substring(from, to) : "";
    }

    @Override
    public String toString() {
        return text;
    }
}
