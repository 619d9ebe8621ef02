package io.thalweg.shell.text;

import io.thalweg.model.error.SourceSpan;
import java.util.List;

/** Draws an error: its message, the line of the statement it is about with carets under the place, and the hint. */
public final class ErrorText {
    /** The narrowest line that is still cut to the terminal. */
    private static final int MIN_WIDTH = 20;

    private final Look look;

    public ErrorText(Look look) {
        this.look = look;
    }

    /** All lines, each with its line end. */
    public String render(ErrorDetails error, String statement) {
        StringBuilder text = new StringBuilder();
        String state = error.sqlState().isEmpty() ? "" : " " + error.sqlState();
        text.append(look.paint(Ink.BAD, "error" + state + ":"))
                .append(' ')
                .append(printableLines(error.message()))
                .append('\n');
        error.span().ifPresent(span -> appendPlace(text, span, statement));
        error.hint()
                .ifPresent(hint -> text.append(look.paint(Ink.ACCENT, "hint:"))
                        .append(' ')
                        .append(printableLines(hint))
                        .append('\n'));
        return text.toString();
    }

    /** Messages may have several lines; other control characters are shown, not obeyed. */
    private static String printableLines(String text) {
        return String.join("\n", text.lines().map(DisplayText::printable).toList());
    }

    private void appendPlace(StringBuilder text, SourceSpan span, String statement) {
        List<String> lines = statement.lines().toList();
        if (span.startLine() > lines.size()) {
            return;
        }
        String line = lines.get(span.startLine() - 1);
        int from = Math.min(span.startColumn() - 1, line.length());
        int to = span.endLine() > span.startLine() ? line.length() : Math.min(span.endColumn(), line.length());
        String before = flat(line.substring(0, from));
        String marked = flat(line.substring(from, Math.max(from, to)));
        String after = flat(line.substring(Math.max(from, to)));

        String number = "  " + span.startLine() + " ";
        String bar = look.vertical() + " ";
        int space = space(number.length() + bar.length());
        // The beginning is cut off where the place would otherwise lie beyond the right edge.
        int room = space - Math.min(DisplayText.width(marked) + 5, space / 2);
        if (DisplayText.width(before) > room) {
            before = look.ellipsis() + lastCells(before, room - 1);
        }
        marked = DisplayText.cut(marked, Math.max(1, space - DisplayText.width(before)), look.ellipsis());
        int left = space - DisplayText.width(before) - DisplayText.width(marked);
        after = left < 1 ? "" : DisplayText.cut(after, left, look.ellipsis());
        text.append(look.paint(Ink.FAINT, number + bar))
                .append(before)
                .append(look.paint(Ink.BAD, marked))
                .append(after)
                .append('\n');
        text.append(look.paint(Ink.FAINT, " ".repeat(number.length()) + bar))
                .append(" ".repeat(DisplayText.width(before)))
                .append(look.paint(Ink.BAD, "^".repeat(Math.max(1, DisplayText.width(marked)))))
                .append('\n');
    }

    private int space(int used) {
        int columns = look.columns().getAsInt();
        return columns == 0 ? Integer.MAX_VALUE / 2 : Math.max(MIN_WIDTH, columns - used);
    }

    /** One cell for every control character, so that the caret stands where the user sees the place. */
    private static String flat(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String lastCells(String text, int cells) {
        int start = text.length();
        int width = 0;
        while (start > 0) {
            int codePoint = text.codePointBefore(start);
            width += DisplayText.width(Character.toString(codePoint));
            if (width > cells) {
                break;
            }
            start -= Character.charCount(codePoint);
        }
        return text.substring(start);
    }
}
