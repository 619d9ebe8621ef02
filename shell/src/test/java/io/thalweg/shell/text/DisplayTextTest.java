package io.thalweg.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayTextTest {
    @Test
    void measuresCells() {
        assertEquals(3, DisplayText.width("abc"));
        assertEquals(4, DisplayText.width("日本"));
        assertEquals(1, DisplayText.width("e\u0301"));
    }

    @Test
    void cutsAtAWholeCharacter() {
        assertEquals("ab…", DisplayText.cut("abcd", 3, "…"));
        assertEquals("日…", DisplayText.cut("日本語", 4, "…"));
        assertEquals("abc", DisplayText.cut("abc", 3, "…"));
        assertEquals("", DisplayText.cut("abc", 0, "…"));
    }

    @Test
    void usesColorsOnlyWhereTheyAreWanted() {
        Map<String, String> terminal = Map.of("TERM", "xterm");
        assertEquals("\u001b[31mx\u001b[0m", look(terminal, true).paint(Ink.BAD, "x"));
        assertEquals("x", look(terminal, false).paint(Ink.BAD, "x"));
        assertEquals("x", look(Map.of("TERM", "xterm", "NO_COLOR", "1"), true).paint(Ink.BAD, "x"));
        assertEquals("x", look(Map.of("TERM", "dumb"), true).paint(Ink.BAD, "x"));
    }

    @Test
    void drawsBeyondAsciiOnlyIfTheLocaleSaysUtf8() {
        assertEquals("│", look(Map.of("LANG", "de_DE.UTF-8"), true).vertical());
        assertEquals(
                "|", look(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C"), true).vertical());
        assertEquals("|", look(Map.of(), true).vertical());
    }

    private static Look look(Map<String, String> environment, boolean colorWanted) {
        return Look.ofTerminal(environment, colorWanted, () -> 80);
    }
}
