package io.thalweg.shell.text;

import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What an output can show.
 *
 * @param colored whether escape sequences are understood and wanted
 * @param unicode whether lines, bars and dots may be drawn with characters beyond ASCII; data is UTF-8 in any case
 * @param columns the width of the terminal now, or 0 where lines may have any length
 */
public record Look(boolean colored, boolean unicode, IntSupplier columns) {
    /** A pipe or a file: no colours, no drawing beyond ASCII, lines of any length. */
    public static final Look PLAIN = new Look(false, false, () -> 0);

    /** A terminal, as its environment describes it. */
    public static Look ofTerminal(Map<String, String> environment, boolean colorWanted, IntSupplier columns) {
        boolean colored = colorWanted
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Look(colored, isUnicode(environment), columns);
    }

    /** Whether the locale says that the terminal reads UTF-8; the first variable that is set decides. */
    private static boolean isUnicode(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                String locale = value.toUpperCase(Locale.ROOT);
                return locale.contains("UTF-8") || locale.contains("UTF8");
            }
        }
        return false;
    }

    /** The text in the given ink, or as it is where there are no colours. */
    public String paint(Ink ink, String text) {
        return colored && !text.isEmpty() ? ink.paint(text) : text;
    }

    /** The line between two columns. */
    public String vertical() {
        return unicode ? "│" : "|";
    }

    /** One character of the line below a heading. */
    public String horizontal() {
        return unicode ? "─" : "-";
    }

    /** Where the two lines cross. */
    public String cross() {
        return unicode ? "┼" : "+";
    }

    /** The mark for text that was cut off. */
    public String ellipsis() {
        return unicode ? "…" : "~";
    }

    /** The mark between two facts in one line. */
    public String dot() {
        return unicode ? "·" : "-";
    }
}
