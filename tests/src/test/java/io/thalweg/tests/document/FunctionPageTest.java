package io.thalweg.tests.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.planner.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page of all functions says what is so: its examples give what it says, and no function is missing. With
 * {@code -Dupdate.functions} it writes types and results anew.
 */
class FunctionPageTest {
    private static final Path PAGE = Path.of("..", "docs", "functions.md");
    private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\| (.*?) ?\\| (.*?) \\| `(.*?)` \\| (.*?) ?\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z_0-9]+)");
    /** Documented with windows, window functions and row patterns, and one that the parser gives another name. */
    private static final Set<String> ELSEWHERE = Set.of(
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "first",
            "last",
            "prev",
            "classifier",
            "match_number",
            "tumble",
            "tumble_start",
            "tumble_end",
            "hop",
            "hop_start",
            "hop_end",
            "cumulate",
            "session",
            "session_start",
            "session_end",
            "translate3");

    @Test
    void examplesGiveWhatThePageSays() throws IOException, SQLException {
        List<String> written = Files.readAllLines(PAGE);
        List<String> actual = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Statement statement = connection.createStatement()) {
            for (String line : written) {
                Matcher row = ROW.matcher(line);
                actual.add(row.matches() ? evaluated(row, statement) : line);
            }
        }
        if (System.getProperty("update.functions") != null) {
            Files.write(PAGE, actual);
        } else {
            assertEquals(String.join("\n", written), String.join("\n", actual));
        }
    }

    private static String evaluated(Matcher row, Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT " + row.group(4))) {
            String type = result.getMetaData().getColumnTypeName(1);
            result.next();
            return "| " + row.group(1) + " | " + type + " | " + row.group(3) + " | `" + row.group(4) + "` | `"
                    + result.getString(1) + "` |";
        } catch (SQLException e) {
            throw new AssertionError(row.group(4) + ": " + e.getMessage(), e);
        }
    }

    @Test
    void everyFunctionIsOnThePage() throws IOException {
        Set<String> onPage = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Matcher name = NAME.matcher(row.group(1));
                while (name.find()) {
                    onPage.add(name.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        Set<String> missing = new TreeSet<>(new Planner().functionNames());
        missing.removeAll(onPage);
        missing.removeAll(ELSEWHERE);
        assertEquals(Set.of(), missing);
    }
}
