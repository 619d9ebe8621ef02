package io.thalweg.tests.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.jdbc.client.Arrival;
import io.thalweg.tests.system.ResultText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a script against an embedded database in a directory. */
final class ScriptRunner implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(150);

    private final Path files;
    private final String url;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private Connection connection;

    /** An endless query with its own connection. */
    private record Subscription(Connection connection, Statement statement, ThalwegResultSet result) {}

    ScriptRunner(Path directory) throws IOException, SQLException {
        this.files = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-files"));
        this.url = "jdbc:thalweg:embedded:" + directory + "?engine.files=" + files;
        this.connection = DriverManager.getConnection(url);
    }

    void run(ScriptStep step) throws SQLException {
        switch (step.command()) {
            case "statement" -> statement(step);
            case "query" -> query(step);
            case "columns" -> columns(step);
            case "error" -> error(step);
            case "subscribe" -> subscribe(step);
            case "expect" -> expect(step);
            case "quiet" -> quiet(step);
            case "cancel" -> cancel(step);
            case "restart" -> restart();
            case "file" -> file(step);
            case "lines" -> lines(step);
            default -> throw new IllegalArgumentException("no such step: " + step.words());
        }
    }

    private void file(ScriptStep step) {
        try {
            Files.writeString(files.resolve(step.word(1)), unescaped(step.body()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lines(ScriptStep step) {
        try {
            compare(step, Files.readAllLines(files.resolve(step.word(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String text) {
        return text.replace("{CR}", "\r")
                .replace("{LF}", "\n")
                .replace("{BOM}", "\uFEFF")
                .replace("{TAB}", "\t");
    }

    private void statement(ScriptStep step) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(step.body());
            if (!step.expected().isEmpty()) {
                assertEquals(step.expected().get(0), statement.getUpdateCount() + " rows");
            }
        }
    }

    private void query(ScriptStep step) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(step.body())) {
            compare(step, ResultText.all(result));
        }
    }

    private void columns(ScriptStep step) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(step.body())) {
            compare(step, ResultText.columns(result.getMetaData()));
        }
    }

    private static void compare(ScriptStep step, List<String> actual) {
        String text = String.join("\n", actual);
        if (step.has("contains")) {
            step.expected().forEach(part -> assertTrue(text.contains(part), () -> part + "\nis not in\n" + text));
        } else {
            List<String> sorted = step.has("sorted") ? actual.stream().sorted().toList() : actual;
            assertEquals(String.join("\n", step.expected()), String.join("\n", sorted));
        }
    }

    private void error(ScriptStep step) {
        List<String> sql = new ArrayList<>();
        String place = "";
        for (String line : step.body().split("\n")) {
            if (line.matches(" *\\^+ *")) {
                place = "(line " + sql.size() + ", column " + (line.indexOf('^') + 1) + ")";
            } else {
                sql.add(line);
            }
        }
        SQLException error = assertThrows(SQLException.class, () -> execute(String.join("\n", sql)));
        String message = String.valueOf(error.getMessage());
        assertEquals(step.word(1), error.getSQLState(), message);
        for (String expected : step.expected()) {
            assertTrue(message.contains(expected), message);
        }
        assertTrue(message.endsWith(place), "at " + place + ": " + message);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultText.all(statement.getResultSet());
            }
        }
    }

    private void subscribe(ScriptStep step) throws SQLException {
        Connection own = DriverManager.getConnection(url);
        Statement statement = own.createStatement();
        ThalwegResultSet result = statement.executeQuery(step.body()).unwrap(ThalwegResultSet.class);
        subscriptions.put(step.word(1), new Subscription(own, statement, result));
    }

    private Subscription subscription(ScriptStep step) {
        Subscription found = subscriptions.get(step.word(1));
        if (found == null) {
            throw new IllegalArgumentException("nothing is subscribed as " + step.word(1));
        }
        return found;
    }

    private void expect(ScriptStep step) throws SQLException {
        List<String> rows = new ArrayList<>();
        ThalwegResultSet result = subscription(step).result();
        while (rows.size() < step.expected().size() && result.nextWithin(PATIENCE) == Arrival.ROW) {
            rows.add(ResultText.row(result));
        }
        compare(step, rows);
    }

    private void quiet(ScriptStep step) throws SQLException {
        ThalwegResultSet result = subscription(step).result();
        List<String> rows = new ArrayList<>();
        while (result.nextWithin(SILENCE) == Arrival.ROW) {
            rows.add(ResultText.row(result));
        }
        assertEquals(List.of(), rows);
    }

    private void cancel(ScriptStep step) throws SQLException {
        Subscription subscription = subscription(step);
        subscriptions.remove(step.word(1));
        subscription.statement().cancel();
        SQLException error = assertThrows(SQLException.class, () -> ResultText.all(subscription.result()));
        assertEquals("57014", error.getSQLState());
        subscription.connection().close();
    }

    private void restart() throws SQLException {
        close();
        connection = DriverManager.getConnection(url);
    }

    @Override
    public void close() throws SQLException {
        for (Subscription subscription : subscriptions.values()) {
            subscription.connection().close();
        }
        subscriptions.clear();
        connection.close();
    }
}
