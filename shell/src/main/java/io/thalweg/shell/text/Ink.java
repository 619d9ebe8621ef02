package io.thalweg.shell.text;

/** What a piece of text means to the reader, and the escape sequence that shows it. */
public enum Ink {
    /** Headings and names that stand out. */
    STRONG("1"),
    /** What can be overlooked: lines, NULL, times. */
    FAINT("2"),
    /** Something appeared, or is as it should be. */
    GOOD("32"),
    /** Something changed, or wants attention. */
    WARM("33"),
    /** Something went away, or is wrong. */
    BAD("31"),
    /** Words of the language, and prompts. */
    ACCENT("36"),
    /** Literals. */
    LITERAL("35");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text between the escape sequences of this ink. */
    String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
