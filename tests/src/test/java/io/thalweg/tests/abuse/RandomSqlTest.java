package io.thalweg.tests.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random statements with extreme values: each is answered or refused in words and soon, and never fails for a reason that
 * nobody has thought of. {@code -Dthalweg.sql.statements=…} runs more of them.
 */
class RandomSqlTest {
    private static final int STATEMENTS = Integer.getInteger("thalweg.sql.statements", 400);
    private static final int ROWS = 200;
    private static final int TIMEOUT_SECONDS = 20;
    private static final int FLAWS_SHOWN = 20;

    @Test
    void everyStatementIsAnsweredOrRefusedInWords() throws SQLException {
        Random random = new Random(Seeds.fixed("RandomSqlTest"));
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<String, String> flaws = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:mem:randomsql");
                Statement statement = connection.createStatement()) {
            for (String sql : BadStatements.SCHEMA) {
                statement.execute(sql);
            }
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            RandomSql statements = new RandomSql(random, functions(statement));
            for (int i = 0; i < STATEMENTS && flaws.size() < FLAWS_SHOWN; i++) {
                String sql = statements.next();
                long start = System.nanoTime();
                try {
                    run(statement, sql);
                    outcomes.merge("answered", 1, Integer::sum);
                } catch (SQLException error) {
                    outcomes.merge(String.valueOf(error.getSQLState()), 1, Integer::sum);
                    String flaw = StatementAbuseTest.flaw(error);
                    if (!flaw.isEmpty()) {
                        flaws.putIfAbsent(
                                flaw + ": " + String.valueOf(error.getMessage()).replaceAll("\\d+", "n"), sql);
                    }
                }
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(2 * TIMEOUT_SECONDS)) {
                    flaws.put("does not end", sql);
                }
            }
        }
        System.out.println("RandomSqlTest: " + outcomes);
        assertEquals("", text(flaws));
        assertTrue(outcomes.getOrDefault("answered", 0) > 0, outcomes.toString());
    }

    private static String text(Map<String, String> flaws) {
        StringBuilder text = new StringBuilder();
        flaws.forEach((flaw, sql) ->
                text.append(flaw).append('\n').append("    ").append(sql).append("\n\n"));
        return text.toString();
    }

    private static List<String> functions(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SHOW FUNCTIONS")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private static void run(Statement statement, String sql) throws SQLException {
        if (statement.execute(sql)) {
            try (ResultSet result = statement.getResultSet()) {
                for (int i = 0; i < ROWS && result.next(); i++) {
                    result.getString(1);
                }
            }
        }
    }
}
