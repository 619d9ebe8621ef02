package io.thalweg.tests.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.Seeds;
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
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UPDATE and DELETE: exact beside other writers, and followed by everything that reads the table. */
class TableChangesTest {
    private static final int INCREMENTS = Integer.getInteger("thalweg.changes.increments", 1_000);
    private static final int STATEMENTS = Integer.getInteger("thalweg.changes.statements", 300);
    private static final int KEYS = 12;
    /** Queries of the table, by the name of the view that is made of each. */
    private static final Map<String, String> QUERIES = queries();

    private String url;
    private Connection connection;

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("whole", "SELECT * FROM t");
        queries.put("grouped", "SELECT g, COUNT(*) AS n, SUM(v) AS s, MAX(v) AS m FROM t GROUP BY g");
        queries.put("filtered", "SELECT id, v FROM t WHERE v > 50");
        queries.put("joined", "SELECT a.id AS one, b.id AS other FROM t AS a JOIN t AS b ON a.v = b.v AND a.id < b.id");
        queries.put("missing", "SELECT a.id, b.v FROM t AS a LEFT JOIN t AS b ON b.id = a.g");
        queries.put("different", "SELECT DISTINCT v FROM t");
        return queries;
    }

    @BeforeEach
    void connect() throws SQLException {
        url = "jdbc:thalweg:embedded:mem:changes" + System.nanoTime();
        connection = DriverManager.getConnection(url);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static long update(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static List<String> answer(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return Oracle.sortedRows(result);
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        update(connection, "CREATE TABLE counters (id INT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (id))");
        update(connection, "INSERT INTO counters VALUES (1, 0), (2, 0)");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                writers.add(threads.submit(() -> increment(1)));
            }
            writers.add(threads.submit(() -> increment(2)));
            for (Future<Integer> writer : writers) {
                assertEquals(INCREMENTS, writer.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                List.of("1 | " + 2 * INCREMENTS, "2 | " + INCREMENTS), answer(connection, "SELECT * FROM counters"));
    }

    private int increment(int id) throws SQLException {
        int updated = 0;
        try (Connection own = DriverManager.getConnection(url);
                PreparedStatement increment = own.prepareStatement("UPDATE counters SET n = n + ? WHERE id = ?")) {
            for (int i = 0; i < INCREMENTS; i++) {
                increment.setLong(1, 1);
                increment.setInt(2, id);
                updated += increment.executeUpdate();
            }
        }
        return updated;
    }

    @Test
    void aBatchTellsTheCountOfEachStatement() throws SQLException {
        update(connection, "CREATE TABLE p (id INT NOT NULL, name VARCHAR, PRIMARY KEY (id))");
        update(connection, "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'b')");
        try (PreparedStatement rename = connection.prepareStatement("UPDATE p SET name = ? WHERE name = ?")) {
            for (String[] names : new String[][] {{"x", "a"}, {"y", "b"}, {"z", "nobody"}, {"w", "x"}}) {
                rename.setString(1, names[0]);
                rename.setString(2, names[1]);
                rename.addBatch();
            }
            assertArrayEquals(new int[] {1, 2, 0, 1}, rename.executeBatch());
        }
        assertEquals(List.of("1 | 'w'", "2 | 'y'", "3 | 'y'"), answer(connection, "SELECT * FROM p"));
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM p WHERE id >= ? AND name <> ?")) {
            delete.setInt(1, 2);
            delete.setString(2, "w");
            assertEquals(2, delete.executeUpdate());
        }
        assertEquals(List.of("1 | 'w'"), answer(connection, "SELECT * FROM p"));
    }

    /** The same statements here and in another database; after each, every view and endless query has its answer. */
    @Test
    void allWhoReadTheTableFollow() throws Exception {
        Random random = new Random(Seeds.of("TableChangesTest"));
        List<Follower> followers = new ArrayList<>();
        try (Connection oracle = DriverManager.getConnection("jdbc:h2:mem:")) {
            update(connection, "CREATE TABLE t (id INT NOT NULL, g INT, v INT, PRIMARY KEY (id)) INTO 3 PARTITIONS");
            update(oracle, "CREATE TABLE t (id INT PRIMARY KEY, g INT, v INT)");
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                update(connection, "CREATE MATERIALIZED VIEW " + query.getKey() + " AS " + query.getValue());
                followers.add(new Follower(DriverManager.getConnection(url), query.getValue() + " EMIT CHANGES"));
            }
            for (int i = 0; i < STATEMENTS; i++) {
                change(random, oracle);
                for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                    List<String> expected = answer(oracle, query.getValue());
                    assertEquals(expected, answer(connection, query.getValue()), query.getKey() + " as a query");
                    assertEquals(expected, answer(connection, "SELECT * FROM " + query.getKey()), query.getKey());
                }
            }
            int next = 0;
            for (String query : QUERIES.values()) {
                List<String> expected = answer(oracle, query);
                assertEquals(expected, followers.get(next++).await(expected), query);
            }
        } finally {
            for (Follower follower : followers) {
                follower.close();
            }
        }
    }

    private void change(Random random, Connection oracle) throws SQLException {
        int id = random.nextInt(KEYS);
        int v = random.nextInt(100);
        String sql;
        switch (random.nextInt(7)) {
            case 0 -> sql = "UPDATE t SET v = v + " + v + " WHERE g = " + random.nextInt(3);
            case 1 -> sql = "UPDATE t SET g = v, v = g WHERE id <= " + id;
            case 2 -> sql = "DELETE FROM t WHERE v > " + v;
            case 3 -> sql = "DELETE FROM t WHERE id = " + id + " OR g IS NULL";
            case 4 -> sql = "UPDATE t SET v = CASE WHEN v > 50 THEN NULL ELSE v END, g = NULL WHERE id = " + id;
            default -> {
                String values = " VALUES (" + id + ", " + random.nextInt(3) + ", " + v + ")";
                assertEquals(1, update(connection, "INSERT INTO t" + values));
                update(oracle, "MERGE INTO t KEY (id)" + values);
                return;
            }
        }
        assertEquals(update(oracle, sql), update(connection, sql), sql);
    }
}
