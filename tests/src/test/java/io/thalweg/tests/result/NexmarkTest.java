package io.thalweg.tests.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.benchmarks.nexmark.NexmarkData;
import io.thalweg.benchmarks.nexmark.NexmarkEvents;
import io.thalweg.benchmarks.nexmark.NexmarkQueries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The queries of Nexmark, as snapshots and as materialized views, have DuckDB's answers.
 * {@code -Dthalweg.nexmark.events=1000000} takes so many events.
 */
class NexmarkTest {
    private static final long EVENTS = Long.getLong("thalweg.nexmark.events", 3_000);
    /** Slow enough that there are windows, and fast enough that times tie. */
    private static final long EVENTS_PER_SECOND = Math.max(100, EVENTS / 100);

    private static final String URL = "jdbc:thalweg:embedded:mem:nexmark";
    private static final int ROWS_SHOWN = 5;

    /** The rows of an answer, whose order does not matter. */
    private record Answer(long rows, long hash, List<String> first) {
        static Answer of(Connection connection, String sql) throws SQLException {
            long rows = 0;
            long hash = 0;
            List<String> first = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    String row = Oracle.row(result, 1);
                    rows++;
                    hash += hash(row);
                    if (first.size() < ROWS_SHOWN) {
                        first.add(row);
                    }
                }
            }
            return new Answer(rows, hash, first);
        }

        /** FNV-1a. */
        private static long hash(String row) {
            long hash = 0xcbf2_9ce4_8422_2325L;
            for (int i = 0; i < row.length(); i++) {
                hash = (hash ^ row.charAt(i)) * 0x100_0000_01b3L;
            }
            return hash;
        }

        boolean sameRows(Answer other) {
            return rows == other.rows && hash == other.hash;
        }
    }

    @Test
    void theAnswersAreThoseOfDuckDb() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (Connection oracle = DriverManager.getConnection("jdbc:duckdb:");
                Connection thalweg = DriverManager.getConnection(URL)) {
            NexmarkEvents events = new NexmarkEvents(1, EVENTS_PER_SECOND);
            NexmarkData.create(thalweg);
            createOracle(oracle);
            NexmarkData.load(thalweg, events, EVENTS);
            NexmarkData.load(oracle, events, EVENTS);
            for (String name : NexmarkQueries.NAMES) {
                long start = System.nanoTime();
                try {
                    compare(name, thalweg, oracle, wrong);
                } catch (SQLException refusal) {
                    refused.add(name + ": " + refusal.getSQLState() + " " + refusal.getMessage());
                }
                System.out.println("NexmarkTest: " + name + " after "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(List.of(), refused);
    }

    private static void compare(String name, Connection thalweg, Connection oracle, List<String> wrong)
            throws SQLException, IOException {
        String sql = NexmarkQueries.text(name);
        try (Statement statement = thalweg.createStatement()) {
            statement.execute("CREATE MATERIALIZED VIEW " + name + " AS " + sql);
        }
        Answer expected = Answer.of(oracle, oracleText(name));
        Answer view = Answer.of(thalweg, "SELECT * FROM " + name);
        Answer snapshot = Answer.of(thalweg, sql);
        if (!view.sameRows(expected) || !snapshot.sameRows(expected)) {
            wrong.add(name + "\nexpected " + expected + "\nview     " + view + "\nsnapshot " + snapshot);
        }
        try (Statement statement = thalweg.createStatement()) {
            statement.execute("DROP MATERIALIZED VIEW " + name);
        }
    }

    /** The query in DuckDB's words, if it needs some. */
    private static String oracleText(String name) throws IOException {
        try (InputStream file = NexmarkTest.class.getResourceAsStream("/nexmark/" + name + ".duckdb.sql")) {
            return file == null ? NexmarkQueries.text(name) : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void createOracle(Connection oracle) throws SQLException {
        try (Statement statement = oracle.createStatement()) {
            for (String stream : NexmarkData.STREAMS) {
                statement.execute(
                        stream.replace("CREATE STREAM", "CREATE TABLE").replaceAll(",\\s+WATERMARK[^)]*\\)$", ")"));
            }
        }
    }
}
