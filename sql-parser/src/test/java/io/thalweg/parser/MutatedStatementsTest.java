package io.thalweg.parser;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, the parser answers with a statement or with an error that a user can read. */
class MutatedStatementsTest {
    private static final long SEED = 20_240_611;
    private static final int ROUNDS = 20_000;
    private static final List<String> PIECES = List.of(
            "(", ")", "[", "]", "{", "}", "<", ">", "'", "\"", ";", ",", ".", "--", "/*", "*/", "\n", "\r", "\t", "🌊",
            "\uD83C", "\uDF0A", "\u0000", "\u0001", "\u0002", "\uFEFF", "ж", "`", "//", "-", "1", "1e", ".5", "?", "$",
            "''", "NOT", "NULL", "EMIT", "CASE", "END", "IS");

    @Test
    void answersEveryMutationOfAStatement() {
        List<String> statements = TestText.statements();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String sql = statements.get(random.nextInt(statements.size()));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                sql = mutated(sql, random);
            }
            check(sql, round);
        }
    }

    @Test
    void answersEveryRowOfWords() {
        List<String> words = Keywords.ofStatements();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder sql = new StringBuilder();
            for (int length = random.nextInt(20); length >= 0; length--) {
                sql.append(random.nextInt(4) > 0 ? pick(words, random) : pick(PIECES, random))
                        .append(' ');
            }
            check(sql.toString(), round);
        }
    }

    private static String mutated(String sql, Random random) {
        int from = random.nextInt(sql.length() + 1);
        int to = Math.min(sql.length(), from + random.nextInt(8));
        String middle = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> pick(PIECES, random);
            case 2 -> " " + pick(Keywords.ofStatements(), random) + " ";
            default -> sql.substring(from, to).repeat(2);
        };
        return sql.substring(0, from) + middle + sql.substring(to);
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static void check(String sql, int round) {
        String context = "seed " + SEED + ", round " + round + ": " + sql;
        StatementSplitter.split(sql);
        try {
            assertTimeout(Duration.ofSeconds(5), () -> StatementParser.parse(sql), context);
        } catch (ThalwegException error) {
            checkError(error, sql, context);
        } catch (RuntimeException | StackOverflowError error) {
            fail(context, error);
        }
    }

    private static void checkError(ThalwegException error, String sql, String context) {
        String message = error.message();
        assertFalse(message.isEmpty() || message.equals("null") || message.contains("<EOF>"), context + message);
        assertFalse(message.endsWith(".") || message.contains("antlr"), context + message);
        SourceSpan span = error.span().orElseThrow(() -> new AssertionError(context));
        if (!sql.isEmpty()) {
            assertTrue(!TestText.under(span, sql).isEmpty(), context);
        }
    }
}
