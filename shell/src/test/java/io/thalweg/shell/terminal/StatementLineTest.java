package io.thalweg.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class StatementLineTest {
    private final StatementLineParser parser = new StatementLineParser();

    @Test
    void findsTheWordUnderTheCursor() {
        StatementLine line = StatementLine.at("SELECT a.cit FROM x", 12);
        assertEquals("cit", line.word());
        assertEquals(3, line.wordCursor());
        assertEquals("FROM", StatementLine.at("SELECT *\nFROM  fl", 17).previousWord());
        assertEquals("\\ds", StatementLine.at("\\ds", 3).word());
    }

    @Test
    void asksForAnotherLineOnlyOnEnter() {
        String text = "SELECT 'a\n";
        assertThrows(EOFError.class, () -> parser.parse(text, text.length(), ParseContext.ACCEPT_LINE));
        assertEquals(
                "", parser.parse(text, text.length(), ParseContext.COMPLETE).word());
    }
}
