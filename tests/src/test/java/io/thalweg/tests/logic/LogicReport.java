package io.thalweg.tests.logic;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the queries of a run: how many were right, and why the others were not. Safe for several threads. */
final class LogicReport {
    private static final int EXAMPLE_LENGTH = 400;

    /** Failures with the same reason. */
    private static final class Cause {
        private final String example;
        private int count;

        Cause(String example) {
            this.example = example;
        }
    }

    private final Map<String, Cause> refused = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> internal = new ArrayList<>();
    private int queries;
    private int right;

    /** Asks, and compares the answer with what the query of the file expects. */
    void ask(Statement statement, String sql, LogicRecord query, String place) {
        try (ResultSet result = statement.executeQuery(sql)) {
            LogicAnswer answer = LogicAnswer.of(result, query);
            if (answer.matches(query.expected())) {
                right();
            } else if (LogicDialect.dependsOnTypesOfValues(query.sql())) {
                refused(place, query.sql(), "an average among integers is divided, whose type depends on its value");
            } else {
                wrong(place, query.sql(), "expected " + query.expected() + ", got " + answer);
            }
        } catch (SQLException failure) {
            refused(place, query.sql(), reason(failure));
        }
    }

    private synchronized void right() {
        queries++;
        right++;
    }

    private synchronized void wrong(String place, String sql, String difference) {
        queries++;
        wrong.add(place + " " + shortened(sql) + "\n    " + difference);
    }

    /** A query that was not answered. */
    synchronized void refused(String place, String sql, String reason) {
        queries++;
        refused.computeIfAbsent(reason, key -> new Cause(place + " " + shortened(sql))).count++;
        if (reason.contains("XX000")) {
            internal.add(place + " " + shortened(sql) + "\n    " + reason);
        }
    }

    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ");
        return line.length() < EXAMPLE_LENGTH ? line : line.substring(0, EXAMPLE_LENGTH) + "…";
    }

    /** A reason without what differs from query to query. */
    static String reason(SQLException failure) {
        return failure.getSQLState() + " "
                + String.valueOf(failure.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll("'[^']*'", "'…'")
                        .replaceAll("\\d+", "n");
    }

    synchronized int queries() {
        return queries;
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Queries that ended with an error that nobody has thought of. */
    synchronized List<String> internal() {
        return List.copyOf(internal);
    }

    synchronized int refused() {
        return queries - right - wrong.size();
    }

    /** Everything, with the most frequent reasons first. */
    synchronized String text(int reasons) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d queries: %d right, %d wrong, %d unsupported (%.2f %%)%n",
                queries,
                right,
                wrong.size(),
                refused(),
                100.0 * refused() / Math.max(1, queries)));
        wrong.stream()
                .limit(reasons)
                .forEach(line -> text.append("wrong: ").append(line).append('\n'));
        refused.entrySet().stream()
                .sorted((a, b) -> b.getValue().count - a.getValue().count)
                .limit(reasons)
                .forEach(entry -> text.append(entry.getValue().count)
                        .append(" × ")
                        .append(entry.getKey())
                        .append("\n    ")
                        .append(entry.getValue().example)
                        .append('\n'));
        return text.toString();
    }
}
