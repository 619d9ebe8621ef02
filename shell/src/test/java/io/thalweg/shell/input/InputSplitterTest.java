package io.thalweg.shell.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InputSplitterTest {
    @Test
    void givesOutAStatementWithTheLineThatEndsIt() {
        InputSplitter splitter = new InputSplitter();
        assertEquals("", text(splitter.line("SELECT 1,")));
        assertEquals("1:SELECT 1,\n2 2:SELECT 3", text(splitter.line("2; SELECT 3;")));
        assertEquals("", text(splitter.end()));
    }

    @Test
    void keepsSemicolonsInStringsNamesAndComments() {
        assertEquals(
                "1:SELECT ';', \"a;b\" -- c;\n, 1 3:SELECT 2",
                text(InputSplitter.split("SELECT ';', \"a;b\" -- c;\n, 1;\n/* d; */ SELECT 2")));
    }

    @Test
    void readsAStringOverSeveralLines() {
        assertEquals("1:SELECT 'a;\nb;\n'", text(InputSplitter.split("SELECT 'a;\nb;\n';")));
    }

    @Test
    void remembersAnOpenCommentBetweenStatements() {
        InputSplitter splitter = new InputSplitter();
        assertEquals("1:SELECT 1", text(splitter.line("SELECT 1; /* and")));
        assertEquals("", text(splitter.line("SELECT 2;")));
        assertEquals("3:SELECT 3", text(splitter.line("*/ SELECT 3;")));
    }

    @Test
    void knowsCommandsOnlyWhereNoStatementIsOpen() {
        assertEquals(
                "1:\\d flights 2:\\q 4:SELECT\n\\d\n1",
                text(InputSplitter.split("\\d flights\nexit;\n\nSELECT\n\\d\n1;")));
    }

    @Test
    void knowsACommandBehindANote() {
        assertEquals("2:\\d 4:SELECT 1", text(InputSplitter.split("-- a note\n\\d\n-- another;\nSELECT 1;")));
    }

    @Test
    void needsNoSemicolonAtTheEnd() {
        assertEquals("1:SELECT 1", text(InputSplitter.split("SELECT 1")));
        assertEquals("1:SELECT 1", text(InputSplitter.split(" SELECT 1 ; ")));
        assertEquals("1:SELECT 1 1:SELECT 2", text(InputSplitter.split("SELECT 1; SELECT 2")));
        assertEquals("", text(InputSplitter.split("  ")));
        assertEquals("", text(InputSplitter.split("-- nothing")));
    }

    @Test
    void tellsWhetherAPersonHasFinished() {
        assertTrue(InputSplitter.isComplete(""));
        assertTrue(InputSplitter.isComplete("\\d"));
        assertTrue(InputSplitter.isComplete("quit"));
        assertTrue(InputSplitter.isComplete("-- a note"));
        assertTrue(InputSplitter.isComplete("SELECT 1;"));
        assertTrue(InputSplitter.isComplete("SELECT 1; -- done"));
        assertFalse(InputSplitter.isComplete("SELECT 1"));
        assertFalse(InputSplitter.isComplete("SELECT 1; SELECT"));
        assertFalse(InputSplitter.isComplete("SELECT ';"));
        assertFalse(InputSplitter.isComplete("SELECT 1; /*"));
    }

    @Test
    void readsAHugeStatementInTime() {
        InputSplitter splitter = new InputSplitter();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            splitter.line("INSERT INTO t VALUES");
            for (int i = 0; i < 50_000; i++) {
                assertEquals(List.of(), splitter.line("(" + i + ", 'text; '';', \"b;\"), -- a;"));
            }
            assertEquals(1, splitter.line("(0);").size());
        });
    }

    @Test
    void readsManyStatementsOneByOne() {
        InputSplitter splitter = new InputSplitter();
        List<InputItem> items = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            items.addAll(splitter.line("INSERT INTO t VALUES (" + i + ");"));
        }
        assertEquals(2000, items.size());
        assertEquals(2000, items.get(1999).line());
    }

    private static String text(List<InputItem> items) {
        return items.stream().map(item -> item.line() + ":" + item.text()).collect(Collectors.joining(" "));
    }
}
