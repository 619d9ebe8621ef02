package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
    @Test
    void cutsAtSemicolons() {
        assertEquals(List.of("a", "b c", "d"), texts("a;b c ;\n;; d"));
    }

    @Test
    void passesOverSemicolonsInStringsNamesAndComments() {
        assertEquals(
                List.of("a ';' 'it''s;' b", "\";\"\"\" c", "d /* ; */ e", "f -- ;\ng"),
                texts("a ';' 'it''s;' b; \";\"\"\" c; d /* ; */ e; f -- ;\ng;"));
    }

    @Test
    void doesNotNestComments() {
        assertEquals(List.of("a", "*/ b"), texts("/* /* ; */ a; */ b"));
    }

    @Test
    void knowsNoDollarQuotes() {
        assertEquals(List.of("a $$ b", "c $$"), texts("a $$ b; c $$;"));
    }

    @Test
    void leavesOutCommentsAroundStatements() {
        assertEquals(List.of("a"), texts("-- one\n/* two */ a /* three */ ; -- four"));
    }

    @Test
    void knowsWhereEachStatementStands() {
        String script = "\uFEFF-- 🌊\r\nSELECT 1;\r\n\tSELECT\r\n'🌊' ;SELECT 3";
        for (ScriptStatement statement : StatementSplitter.split(script).statements()) {
            assertTrue(script.startsWith(statement.text(), statement.offset()));
            assertEquals(statement.text(), TestText.under(statement.span(), script));
        }
        assertEquals(List.of("SELECT 1", "SELECT\r\n'🌊'", "SELECT 3"), texts(script));
    }

    @Test
    void tellsWhatIsMissingAtTheEnd() {
        assertEquals(ScriptEnd.COMPLETE, end(""));
        assertEquals(ScriptEnd.COMPLETE, end(" -- note"));
        assertEquals(ScriptEnd.COMPLETE, end("SELECT 1; -- note"));
        assertEquals(ScriptEnd.NO_SEMICOLON, end("SELECT 1"));
        assertEquals(ScriptEnd.NO_SEMICOLON, end("SELECT 1; SELECT ';'"));
        assertEquals(ScriptEnd.IN_STRING, end("SELECT 'a;"));
        assertEquals(ScriptEnd.IN_STRING, end("SELECT 'a'';"));
        assertEquals(ScriptEnd.IN_QUOTED_NAME, end("SELECT \"a;"));
        assertEquals(ScriptEnd.IN_COMMENT, end("SELECT 1; /* ; *"));
        assertEquals(ScriptEnd.IN_COMMENT, end("SELECT 1 /*"));
    }

    @Test
    void marksTheStatementWithoutSemicolon() {
        List<ScriptStatement> statements = StatementSplitter.split("a; b").statements();
        assertTrue(statements.get(0).terminated());
        assertFalse(statements.get(1).terminated());
        assertFalse(StatementSplitter.split("a; b").isComplete());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"INSERT INTO t VALUES (1, 'жж');\n", "/*", "'", "\"", "' ", "*/", ";", "1e", "-- \n", "\r", "🌊"
            })
    void takesTimeInProportionToTheScript(String repeated) {
        String script = repeated.repeat(8_000_000 / repeated.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> StatementSplitter.split(script));
    }

    private static List<String> texts(String script) {
        return StatementSplitter.split(script).statements().stream()
                .map(ScriptStatement::text)
                .toList();
    }

    private static ScriptEnd end(String script) {
        return StatementSplitter.split(script).end();
    }
}
