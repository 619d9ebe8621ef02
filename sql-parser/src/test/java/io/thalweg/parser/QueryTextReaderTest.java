package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.QueryStatement;
import io.thalweg.parser.ast.QueryText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT emit FROM t",
                "SELECT emit, changes FROM t emit",
                "SELECT a AS emit FROM t",
                "SELECT a FROM emit JOIN b ON emit.a = b.a",
                "SELECT a FROM t JOIN emit ON window = close",
                "SELECT (a EMIT CHANGES) FROM t",
                "SELECT 'EMIT CHANGES'",
                "SELECT \"EMIT\" \"CHANGES\"",
                "SELECT 1 -- EMIT CHANGES",
                "SELECT stream FROM t",
                "SELECT stream, a FROM t",
                "SELECT stream.a FROM stream",
                "SELECT stream AS s FROM t",
                "SELECT stream || 'x' FROM t",
                "SELECT stream = 1 FROM t",
                "SELECT stream",
                "SELECT * FROM stream",
                "SELECT (SELECT STREAM a FROM t)",
            })
    void leavesAQueryWithoutEmitAsItIs(String sql) {
        QueryText query = query(sql);
        assertEquals(EmitClause.NONE, query.emit());
        assertEquals(sql.replaceAll(" --.*", ""), query.text());
    }

    @Test
    void overwritesTheEmitClause() {
        assertQuery(EmitClause.CHANGES, "SELECT 1 _____________", "SELECT 1 EMIT  changes;");
        assertQuery(EmitClause.FINAL, "SELECT 1 __________", "SELECT 1 EMIT FINAL");
        assertQuery(EmitClause.FINAL, "SELECT 1 ____________________", "SELECT 1 emit on window close");
        assertQuery(EmitClause.CHANGES, "(SELECT 1)____________", "(SELECT 1)EMIT CHANGES");
        assertQuery(EmitClause.CHANGES, "SELECT a emit ____________", "SELECT a emit EMIT CHANGES");
        assertQuery(EmitClause.CHANGES, "SELECT 1\n____\n_________\r\n_______", "SELECT 1\nEMIT\n-- a word\r\nCHANGES");
    }

    @Test
    void overwritesSelectStream() {
        assertQuery(EmitClause.CHANGES, "SELECT ______ * FROM t", "SELECT STREAM * FROM t");
        assertQuery(EmitClause.CHANGES, "SELECT ______ ? FROM t", "SELECT STREAM ? FROM t");
        assertQuery(EmitClause.CHANGES, "SELECT ______ DISTINCT a FROM t", "SELECT STREAM DISTINCT a FROM t");
        assertQuery(EmitClause.CHANGES, "SELECT ______ stream FROM t", "SELECT STREAM stream FROM t");
        assertQuery(
                EmitClause.CHANGES,
                "SELECT ______ 1 UNION ALL SELECT ______ 2 ____________",
                "SELECT STREAM 1 UNION ALL SELECT STREAM 2 EMIT CHANGES");
        assertQuery(EmitClause.CHANGES, "WITH x AS (SELECT 1) SELECT ______ 2", "WITH x AS (SELECT 1) SELECT STREAM 2");
    }

    private static void assertQuery(EmitClause emit, String textWithUnderlines, String sql) {
        QueryText query = query(sql);
        assertEquals(textWithUnderlines.replace('_', ' '), query.text());
        assertEquals(emit, query.emit());
    }

    private static QueryText query(String sql) {
        return ((QueryStatement) StatementParser.parse(sql)).query();
    }
}
