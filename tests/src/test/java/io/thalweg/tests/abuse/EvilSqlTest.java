package io.thalweg.tests.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Statements that are meant to bring a server down: each is refused or given up soon, and others are served meanwhile. */
class EvilSqlTest {
    private static final String URL = "jdbc:thalweg:embedded:mem:evil";
    private static final int DEPTH = 10_000;
    private static final int ROWS = 10_000;
    private static final int TIMEOUT_SECONDS = 5;
    private static final int MAX_SECONDS = 15;
    /** A tenth of a second on an idle machine; tests share theirs. */
    private static final long MAX_MEANWHILE_MILLIS = Long.getLong("thalweg.evil.millis", 10_000);

    private static Map<String, String> statements() {
        Map<String, String> evil = new LinkedHashMap<>();
        evil.put("parentheses", "SELECT " + "(".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        evil.put("NOT", "SELECT " + "NOT ".repeat(DEPTH) + "TRUE");
        evil.put("minus", "SELECT " + "- ".repeat(DEPTH) + "1");
        evil.put("functions", "SELECT " + "ABS(".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        evil.put("CASE", "SELECT " + "CASE WHEN TRUE THEN ".repeat(DEPTH) + "1" + " END".repeat(DEPTH));
        evil.put("sub-queries", "SELECT * FROM " + "(SELECT * FROM ".repeat(DEPTH) + "s" + ") AS t".repeat(DEPTH));
        evil.put("scalar sub-queries", "SELECT " + "(SELECT ".repeat(DEPTH) + "1" + ")".repeat(DEPTH));
        evil.put("casts", "SELECT " + "CAST(".repeat(DEPTH) + "1" + " AS INT)".repeat(DEPTH));
        evil.put("types", "SELECT CAST(NULL AS " + "ARRAY<".repeat(DEPTH) + "INT" + ">".repeat(DEPTH) + ")");
        evil.put("ORs", "SELECT 1 FROM s WHERE v = 0" + " OR v = 1".repeat(100_000));
        evil.put("joins", "SELECT COUNT(*) FROM s AS t" + " JOIN s ON TRUE".repeat(1_000));
        evil.put("tables", "SELECT COUNT(*) FROM s" + ", s".repeat(1_000));
        evil.put("literal", "SELECT '" + "x".repeat(10_000_000) + "'");
        evil.put("digits", "SELECT " + "9".repeat(1_000_000));
        evil.put("rows", "SELECT COUNT(*) FROM s AS a, s AS b, s AS c WHERE a.v + b.v + c.v < 0");
        evil.put("sorted rows", "SELECT a.v FROM s AS a, s AS b, s AS c ORDER BY a.t, b.t, c.t");
        evil.put("groups", "SELECT a.v, b.v, c.v, COUNT(*) FROM s AS a, s AS b, s AS c GROUP BY a.v, b.v, c.v");
        evil.put("distinct rows", "SELECT DISTINCT a.v, b.v, c.v FROM s AS a CROSS JOIN s AS b CROSS JOIN s AS c");
        evil.put("text", "SELECT MAX(CHAR_LENGTH(" + "REPEAT(".repeat(6) + "t" + ", 1000)".repeat(6) + ")) FROM s");
        return evil;
    }

    @Test
    void evilIsRefusedSoonAndOthersAreServed() throws Exception {
        List<String> flaws = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong slowest = new AtomicLong();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection connection = DriverManager.getConnection(URL)) {
            fill(connection);
            // Who comes first waits for classes to be loaded.
            serve(new AtomicBoolean(true), new AtomicLong());
            Future<?> others = threads.submit(() -> serve(done, slowest));
            for (Map.Entry<String, String> evil : statements().entrySet()) {
                String flaw = flaw(evil.getValue(), connection);
                if (!flaw.isEmpty()) {
                    flaws.add(evil.getKey() + ": " + flaw);
                }
            }
            done.set(true);
            others.get();
        } finally {
            threads.shutdownNow();
        }
        System.out.println("EvilSqlTest: SELECT 1 took " + slowest.get() + " ms at most");
        assertEquals(List.of(), flaws);
        assertTrue(slowest.get() < MAX_MEANWHILE_MILLIS, slowest.get() + " ms");
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (v BIGINT, t VARCHAR)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setLong(1, i);
                insert.setString(2, "text " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Asks over and over, and remembers the longest answer. */
    private static Void serve(AtomicBoolean done, AtomicLong slowest) throws SQLException {
        try (Connection own = DriverManager.getConnection(URL);
                Statement statement = own.createStatement()) {
            boolean again = true;
            while (again) {
                long start = System.nanoTime();
                try (ResultSet result = statement.executeQuery("SELECT 1")) {
                    result.next();
                }
                slowest.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), Math::max);
                again = !done.get();
            }
        }
        return null;
    }

    /** What is wrong with how a statement ends, or nothing. */
    private static String flaw(String sql, Connection connection) throws SQLException {
        long start = System.nanoTime();
        String flaw = "it was answered";
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
            }
        } catch (SQLException refusal) {
            flaw = StatementAbuseTest.flaw(refusal);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        return seconds >= MAX_SECONDS ? seconds + " s" : flaw;
    }
}
