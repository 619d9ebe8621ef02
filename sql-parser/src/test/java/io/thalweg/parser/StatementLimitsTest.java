package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementLimitsTest {
    @Test
    void countsTheLengthInBytes() {
        int room = StatementParser.MAX_STATEMENT_BYTES - "SELECT ''".length();
        assertAccepted("SELECT '" + "x".repeat(room) + "'");
        assertAccepted("SELECT '" + "ж".repeat(room / 2) + "'");
        assertRefused(ErrorCode.STATEMENT_TOO_LONG, "SELECT '" + "x".repeat(room + 1) + "'");
        assertRefused(ErrorCode.STATEMENT_TOO_LONG, "SELECT '" + "ж".repeat(room / 2 + 1) + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT | ( | 1 | )",
                "SELECT | [ | 1 | ]",
                "SELECT | { | 1 | }",
                "SELECT | CASE WHEN a THEN | 1 | END",
                "SELECT | NOT | 1 | ''",
                "SELECT | '- ' | 1 | ''",
                "SET a = 1 -- | ( | 1 | )",
                "CREATE STREAM s (a AS f | ( | 1 | )",
            })
    void countsTheDepthOfNesting(String head, String open, String core, String close) {
        boolean isComment = head.contains("--");
        boolean isInParentheses = head.startsWith("CREATE");
        int limit = NestingCheck.MAX_DEPTH - (isInParentheses ? 1 : 0);
        String tail = isInParentheses ? ")" : "";
        assertAccepted(nested(head, open, core, close, limit) + tail);
        if (!isComment) {
            assertRefused(ErrorCode.STATEMENT_TOO_COMPLEX, nested(head, open, core, close, limit + 1) + tail);
            assertRefused(ErrorCode.STATEMENT_TOO_COMPLEX, nested(head, open, core, close, 20_000) + tail);
        }
    }

    @Test
    void countsTheDepthOfTypes() {
        assertAccepted(nested("CREATE STREAM s (a ", "ARRAY<", "INT", ">", NestingCheck.MAX_DEPTH - 1) + ")");
        assertRefused(
                ErrorCode.STATEMENT_TOO_COMPLEX,
                nested("CREATE STREAM s (a ", "ARRAY<", "INT", ">", NestingCheck.MAX_DEPTH) + ")");
    }

    @Test
    void takesNoComparisonForAType() {
        assertAccepted("SELECT 1" + ", CASE WHEN row < 1 THEN 2 END".repeat(2 * NestingCheck.MAX_DEPTH));
    }

    private static String nested(String head, String open, String core, String close, int depth) {
        return head + " " + (open + " ").repeat(depth) + core + (" " + close).repeat(depth);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (0) | ,(1, 'a', 2.5)",
                "SELECT 1 | ' + 1'",
                "SELECT 1 | ' EMIT'",
                "SELECT 1 FROM a | , b EMIT ON",
                "SELECT stream | ', stream'",
                "CREATE STREAM s (a INT DEFAULT 1 | ' NOT x'",
                "CREATE STREAM s (a INT DEFAULT 1 | ' NOT NULL'",
                "CREATE STREAM s (a INT DEFAULT 1 | ' COMMENT x'",
                "CREATE STREAM s (a AS 1 | ' IS NOT NULL'",
                "CREATE STREAM s (a INT | ', a INT DEFAULT (1)'",
                "CREATE STREAM s (a INT) | ' WITH (x = 1)'",
                "UPDATE a | .a",
                "EXPLAIN | ' EXPLAIN'",
                "SELECT 'a | ''''",
                "SELECT | /*",
                "SELECT | ' \"'",
                "SELECT 1 | ' *'",
                "SELECT 1 | ;",
                "SELECT 1. | e+",
                "SELECT | жж",
            })
    void takesTimeInProportionToTheText(String head, String repeated) {
        String sql =
                head + repeated.repeat((StatementParser.MAX_STATEMENT_BYTES / 4 - head.length()) / repeated.length());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                StatementParser.parse(sql);
            } catch (ThalwegException refused) {
                assertEquals(false, refused.message().isEmpty());
            }
        });
    }

    private static void assertAccepted(String sql) {
        StatementParser.parse(sql);
    }

    private static void assertRefused(ErrorCode code, String sql) {
        assertEquals(
                code,
                assertThrows(ThalwegException.class, () -> StatementParser.parse(sql))
                        .code());
    }
}
