package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs {@code errors.txt}: SQL with carets around the span of the error, then the error. */
class SyntaxErrorTest {
    @TestFactory
    Stream<DynamicTest> saysWhatIsWrongAndWhere() {
        return Stream.of(TestText.resource("errors.txt").strip().split("\n\n"))
                .filter(block -> !block.startsWith("#"))
                .map(block -> dynamicTest(block.lines().findFirst().orElseThrow(), () -> check(block)));
    }

    private static void check(String block) {
        String marked = block.substring(0, block.indexOf("\n! "));
        String sql = marked.replace("^", "");
        ThalwegException error = assertThrows(ThalwegException.class, () -> StatementParser.parse(sql));
        assertEquals(block, marked(sql, error.span().orElseThrow()) + "\n" + describe(error));
    }

    private static String marked(String sql, SourceSpan span) {
        String[] lines = sql.split("\n", -1);
        insertCaret(lines, span.endLine(), span.endColumn());
        insertCaret(lines, span.startLine(), span.startColumn() - 1);
        return String.join("\n", lines);
    }

    private static void insertCaret(String[] lines, int line, int column) {
        String text = lines[line - 1];
        lines[line - 1] = text.substring(0, column) + "^" + text.substring(column);
    }

    private static String describe(ThalwegException error) {
        return "! " + error.code() + " " + error.message()
                + error.hint().map(hint -> "\n? " + hint).orElse("");
    }

    @Test
    void refusesTheEmptyText() {
        ThalwegException error = assertThrows(ThalwegException.class, () -> StatementParser.parse(" -- nothing\n"));
        assertEquals("! SYNTAX_ERROR statement is empty", describe(error));
        assertEquals(SourceSpan.at(1, 1), error.span().orElseThrow());
    }
}
