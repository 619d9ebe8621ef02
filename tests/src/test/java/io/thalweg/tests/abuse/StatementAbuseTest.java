package io.thalweg.tests.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.jdbc.client.Arrival;
import io.thalweg.tests.system.Seeds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever text a client sends: an error in words, soon, and the connection goes on. */
class StatementAbuseTest {
    private static final int MUTATIONS = Integer.getInteger("thalweg.abuse.mutations", 1_500);
    private static final long MAX_SECONDS = 15;

    private Connection connection;

    @BeforeEach
    void createObjects() throws SQLException {
        connection = DriverManager.getConnection("jdbc:thalweg:embedded:");
        for (String sql : BadStatements.SCHEMA) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** Runs a statement to its end, or for a moment if it has none. */
    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) MAX_SECONDS);
            if (statement.execute(sql)) {
                ThalwegResultSet result = statement.getResultSet().unwrap(ThalwegResultSet.class);
                Duration wait = result.isEndless() ? Duration.ofMillis(20) : Duration.ofSeconds(MAX_SECONDS);
                for (int rows = 0; rows < 10_000 && result.nextWithin(wait) == Arrival.ROW; rows++) {
                    result.getString(1);
                }
            }
        }
    }

    private void stillUsable(String after) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            assertTrue(result.next());
            assertEquals(1, result.getInt(1));
        } catch (SQLException failure) {
            throw new AssertionError("the connection is broken after " + shortened(after), failure);
        }
    }

    private static String shortened(String sql) {
        return sql.length() <= 300 ? sql : sql.substring(0, 300) + "… (" + sql.length() + " characters)";
    }

    /** What is wrong with an error, or nothing. */
    static String flaw(SQLException error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return "no message";
        }
        if (error.getSQLState() == null || error.getSQLState().startsWith("XX")) {
            return "SQLSTATE " + error.getSQLState();
        }
        String ownWords = message.replaceAll("(?s)'.*'|\".*\"", "");
        if (ownWords.matches("(?s).*(Exception|org\\.apache|io\\.thalweg|java\\.lang|\\bnull\\b|\\$[A-Z]).*")) {
            return "names what users do not know";
        }
        return message.length() > 2_000 ? "too long" : "";
    }

    @Test
    void badStatementsFailInWords() throws IOException {
        List<String> statements = BadStatements.all();
        List<String> flaws = new ArrayList<>();
        for (String sql : statements) {
            long start = System.nanoTime();
            try {
                run(sql);
                flaws.add("no error: " + shortened(sql));
            } catch (SQLException error) {
                String flaw = flaw(error);
                if (!flaw.isEmpty()) {
                    flaws.add(flaw + ": " + shortened(sql) + "\n    " + shortened(String.valueOf(error.getMessage())));
                }
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            if (seconds >= MAX_SECONDS) {
                flaws.add(seconds + " s: " + shortened(sql));
            }
            stillUsable(sql);
        }
        assertTrue(flaws.isEmpty(), flaws.size() + " of " + statements.size() + "\n" + String.join("\n", flaws));
    }

    @Test
    void mutatedStatementsRunOrFailInWords() {
        Random random = new Random(Seeds.fixed("StatementAbuseTest"));
        List<String> flaws = new ArrayList<>();
        int failed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String sql = mutate(random);
            try {
                run(sql);
            } catch (SQLException error) {
                failed++;
                String flaw = flaw(error);
                if (!flaw.isEmpty() && flaws.size() < 20) {
                    flaws.add(flaw + ": " + sql + "\n    " + shortened(String.valueOf(error.getMessage())));
                }
            }
            if (i % 50 == 0) {
                stillUsable(sql);
            }
        }
        System.out.println("StatementAbuseTest: " + failed + " of " + MUTATIONS + " mutated statements failed");
        assertTrue(flaws.isEmpty(), String.join("\n", flaws));
    }

    /** A correct statement with one to three tokens removed, doubled, swapped, or taken from another. */
    private static String mutate(Random random) {
        List<String> tokens = tokens(pick(BadStatements.GOOD, random));
        List<String> others = tokens(pick(BadStatements.GOOD, random));
        int changes = random.nextInt(3) == 0 ? 2 : 1;
        for (int i = 0; i < changes && tokens.size() > 1; i++) {
            int place = random.nextInt(tokens.size());
            switch (random.nextInt(8)) {
                case 0 -> tokens.remove(place);
                case 1 -> tokens.add(place, tokens.get(place));
                case 2 -> tokens.set(place, tokens.set(random.nextInt(tokens.size()), tokens.get(place)));
                case 3, 4 -> tokens.set(place, alike(tokens.get(place), others, random));
                default -> tokens.set(place, oddity(random));
            }
        }
        return String.join(" ", tokens);
    }

    /** A token of another statement that begins like this one, if there is one. */
    private static String alike(String token, List<String> others, Random random) {
        List<String> same = others.stream()
                .filter(other -> Character.isLetter(other.charAt(0)) == Character.isLetter(token.charAt(0)))
                .toList();
        return same.isEmpty() ? token : pick(same, random);
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> tokens(String sql) {
        return new ArrayList<>(
                List.of(sql.replaceAll("([(),*=<>+])", " $1 ").strip().split("\\s+")));
    }

    private static String oddity(Random random) {
        return pick(
                List.of(
                        "NULL",
                        "''",
                        "-1",
                        "0",
                        "9999999999999999999999",
                        "1E400",
                        "'Ä€𝄞'",
                        "\"x\"",
                        "?",
                        ";",
                        ".",
                        "CAST(NULL AS INT)",
                        "TIMESTAMP '9999-12-31 23:59:59'",
                        "INTERVAL '1' MONTH",
                        "TRUE",
                        "X'00FF'",
                        "DEFAULT",
                        "ROW(1, 2)",
                        "s.*",
                        "*",
                        "EMIT CHANGES",
                        "EMIT FINAL",
                        "$1",
                        ":x"),
                random);
    }
}
