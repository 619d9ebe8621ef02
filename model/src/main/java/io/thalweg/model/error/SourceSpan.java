package io.thalweg.model.error;

/**
 * A place in the text of a user's statement. Lines and columns count from 1, columns in UTF-16 units; the end is the
 * last character that belongs to the span, so a span of one character has equal start and end.
 */
public record SourceSpan(int startLine, int startColumn, int endLine, int endColumn) {
    public SourceSpan {
        if (startLine < 1 || startColumn < 1 || endLine < startLine) {
            throw new IllegalArgumentException(
                    "span out of order: " + startLine + ":" + startColumn + " to " + endLine + ":" + endColumn);
        }
    }

    /** A span of one character. */
    public static SourceSpan at(int line, int column) {
        return new SourceSpan(line, column, line, column);
    }

    /**
     * This span, which counts from the start of an embedded text, seen from the start of the statement that holds it.
     *
     * @param origin where the embedded text begins in the statement
     */
    public SourceSpan within(SourceSpan origin) {
        int lineShift = origin.startLine - 1;
        int columnShift = origin.startColumn - 1;
        return new SourceSpan(
                startLine + lineShift,
                startLine == 1 ? startColumn + columnShift : startColumn,
                endLine + lineShift,
                endLine == 1 ? endColumn + columnShift : endColumn);
    }

    @Override
    public String toString() {
        return "line " + startLine + ", column " + startColumn;
    }
}
