package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.parser.ast.ExpressionText;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.parser.ast.Statement;
import io.thalweg.parser.ast.TypeReference;
import io.thalweg.parser.ast.UpdateRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatementParserTest {
    /** Run with {@code -Dupdate.golden} to accept what the parser says now, then review the difference. */
    @Test
    void readsEveryKindOfStatement() throws IOException {
        String actual = TestText.statements().stream()
                .map(sql -> sql + "\n=> " + RecordText.of((Record) StatementParser.parse(sql)))
                .collect(Collectors.joining("\n\n", "", "\n"));
        if (System.getProperty("update.golden") != null) {
            Files.writeString(Path.of("src/test/resources/io/thalweg/parser/statements.txt"), actual);
        }
        assertEquals(TestText.resource("statements.txt"), actual);
    }

    @Test
    void knowsThePlaceOfEveryPart() {
        TestText.statements().forEach(StatementParserTest::checkPlaces);
    }

    @Test
    void countsColumnsInUtf16UnitsAfterAnything() {
        for (String before : List.of("\uFEFF", "\t\t", "-- 🌊\r\n", "/* \n\r\r\n 🌊 */ ", "\f\r")) {
            for (String sql : TestText.statements()) {
                checkPlaces(before + sql + " ; -- end");
                checkPlaces(before + sql.replace("\n", "\r\n"));
                checkPlaces(before + sql.replace('\n', '\r') + "\r;;");
            }
        }
    }

    private static void checkPlaces(String sql) {
        Statement statement = StatementParser.parse(sql);
        String whole = TestText.under(statement.span(), sql);
        assertTrue(sql.contains(whole) && !whole.endsWith(";"), whole);
        RecordText.walk((Record) statement, node -> checkPlace(node, sql));
    }

    private static void checkPlace(Record node, String sql) {
        if (node instanceof Identifier identifier) {
            String text = TestText.under(identifier.span(), sql);
            assertEquals(
                    identifier.name(), identifier.quoted() ? SqlText.unquoted(text) : text.toLowerCase(Locale.ROOT));
        } else if (node instanceof ExpressionText expression) {
            assertEquals(expression.text(), TestText.under(expression.span(), sql));
        } else if (node instanceof TypeReference type) {
            assertEquals(type.text(), TestText.under(type.span(), sql));
        } else if (node instanceof QueryText query) {
            checkQuery(query, sql);
        }
    }

    private static void checkQuery(QueryText query, String sql) {
        String original = TestText.under(query.span(), sql);
        assertEquals(original.length(), query.text().length());
        for (int index = 0; index < original.length(); index++) {
            char character = query.text().charAt(index);
            assertTrue(character == original.charAt(index) || character == ' ', original);
            boolean endsLine = original.charAt(index) == '\n' || original.charAt(index) == '\r';
            assertTrue(!endsLine || character != ' ', original);
        }
    }

    @Test
    void foldsNamesUnlessQuoted() {
        assertEquals(
                List.of("größe", "\"Größe\"", "漢字", "a$b", "\"a\"\"b\""),
                names("UPDATE Größe.\"Größe\".漢字.A$B.\"a\"\"b\" SET x = 1"));
    }

    private static List<String> names(String sql) {
        UpdateRows update = (UpdateRows) StatementParser.parse(sql);
        return update.target().parts().stream()
                .map(part -> part.quoted() ? '"' + part.name().replace("\"", "\"\"") + '"' : part.name())
                .toList();
    }

    @Test
    void keepsCommentsAndStringsOfAQueryAsTheyAre() {
        String sql = "SELECT ';', '🌊''', \"a;\" /* ; ' */ FROM t -- ' ;\n WHERE a > 0";
        assertTrue(RecordText.of((Record) StatementParser.parse(sql)).contains(sql.replace("\n", "⏎")));
    }
}
