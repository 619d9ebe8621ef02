package io.thalweg.shell.text;

import java.util.Locale;
import org.jline.utils.WCWidth;

/** Text measured, cut and padded in the cells of a terminal, where a character takes none, one or two. */
public final class DisplayText {
    private DisplayText() {}

    /** The text without characters that would move the cursor or change the terminal: they appear as escapes. */
    public static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isControl(character)) {
                result.append(character);
            } else if (character == '\n') {
                result.append("\\n");
            } else if (character == '\r') {
                result.append("\\r");
            } else if (character == '\t') {
                result.append("\\t");
            } else {
                result.append(String.format(Locale.ROOT, "\\x%02x", (int) character));
            }
        }
        return result.toString();
    }

    private static boolean isControl(char character) {
        return character < ' ' || (character >= '\u007f' && character <= '\u009f');
    }

    /** How many cells a printable text takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            width += width(codePoint);
            i += Character.charCount(codePoint);
        }
        return width;
    }

    private static int width(int codePoint) {
        return codePoint < 0x300 ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text if it fits, otherwise its beginning and the mark for what is missing. */
    public static String cut(String text, int width, String ellipsis) {
        if (text.length() <= width / 2 || width(text) <= width) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int left = width - width(ellipsis);
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            left -= width(codePoint);
            if (left < 0) {
                break;
            }
            result.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return width < 1 ? "" : result.append(ellipsis).toString();
    }

    /** The text with blanks behind it up to a width. */
    public static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text with blanks before it up to a width. */
    public static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }
}
