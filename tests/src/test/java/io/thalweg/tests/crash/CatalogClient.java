package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes, alters, replaces and drops streams, tables and views over each other, and knows which of them must be there. */
final class CatalogClient {
    private static final List<String> KINDS = List.of("STREAM", "TABLE", "VIEW", "MATERIALIZED VIEW");
    /** The place of the retention in the answer of SHOW STREAMS. */
    private static final int RETENTION = 4;

    private static final int MOST_OBJECTS = 10;

    /**
     * One object.
     *
     * @param base what a view reads; empty for what holds rows itself
     * @param version what a view shows in its second column; of a stream how long it keeps rows
     */
    private record Made(String kind, String base, String version) {
        boolean isView() {
            return !base.isEmpty();
        }
    }

    private final String prefix;
    private final Random random;
    /** What is there for certain, and what is there if the last statement took effect. */
    private Map<String, Made> objects = new TreeMap<>();

    private Map<String, Made> objectsIfDone = objects;
    private int made;
    private int acknowledged;
    private Throwable unexpected;

    CatalogClient(int number, long seed) {
        this.prefix = "made_" + number + "_";
        this.random = new Random(seed);
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Changes the catalog until the server is gone. */
    void run(ServerProcess server) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                change(statement);
            }
        } catch (SQLException gone) {
            if (server.isAlive() && !String.valueOf(gone.getSQLState()).startsWith("08")) {
                unexpected = gone;
            }
        } catch (RuntimeException | Error defect) {
            unexpected = defect;
        }
    }

    private void change(Statement statement) throws SQLException {
        int choice = objects.size() >= MOST_OBJECTS ? 10 : random.nextInt(12);
        List<String> names = new ArrayList<>(objects.keySet());
        String any = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
        if (any.isEmpty() || choice < 4) {
            create(statement, KINDS.get(choice % 2));
        } else if (choice < 8) {
            String name = prefix + made++;
            define(statement, "CREATE ", name, new Made(KINDS.get(2 + choice % 2), any, "version " + made));
        } else if (choice == 8 && isReplaceable(any)) {
            Made view = objects.get(any);
            define(statement, "CREATE OR REPLACE ", any, new Made("VIEW", view.base(), "version " + made++));
        } else if (choice == 9 && objects.get(any).kind().equals("STREAM")) {
            alter(statement, any);
        } else {
            drop(statement, any);
        }
    }

    /** Whether it is a view that no other reads. */
    private boolean isReplaceable(String name) {
        return objects.get(name).kind().equals("VIEW")
                && objects.values().stream().noneMatch(one -> one.base().equals(name));
    }

    private void create(Statement statement, String kind) throws SQLException {
        String name = prefix + made++;
        Map<String, Made> after = new TreeMap<>(objects);
        after.put(name, new Made(kind, "", kind.equals("STREAM") ? "forever" : ""));
        String key = kind.equals("TABLE") ? ", PRIMARY KEY (id)" : "";
        execute(statement, "CREATE " + kind + " " + name + " (id BIGINT NOT NULL, t VARCHAR" + key + ")", after);
        statement.execute("INSERT INTO " + name + " VALUES (1, 'one')");
    }

    private void define(Statement statement, String verb, String name, Made view) throws SQLException {
        Map<String, Made> after = new TreeMap<>(objects);
        after.put(name, view);
        String query = "SELECT id, CAST('" + view.version() + "' AS VARCHAR) AS t FROM " + view.base();
        execute(statement, verb + view.kind() + " " + name + " AS " + query, after);
    }

    private void alter(Statement statement, String name) throws SQLException {
        Map<String, Made> after = new TreeMap<>(objects);
        String retention = 1 + random.nextInt(1_000) + " d";
        after.put(name, new Made("STREAM", "", retention));
        execute(statement, "ALTER STREAM " + name + " SET ('retention' = '" + retention + "')", after);
    }

    private void drop(Statement statement, String name) throws SQLException {
        Map<String, Made> after = new TreeMap<>(objects);
        after.remove(name);
        while (after.values().removeIf(one -> one.isView() && !after.containsKey(one.base()))) {
            // What read what is gone now is gone too.
        }
        String kind = objects.get(name).kind();
        execute(statement, "DROP " + kind + " " + name + " CASCADE", after);
    }

    private void execute(Statement statement, String sql, Map<String, Made> after) throws SQLException {
        objectsIfDone = after;
        statement.execute(sql);
        objects = after;
        acknowledged++;
    }

    /** Compares with what is there: what was before the last statement, or after it. */
    void check(Connection connection, boolean thoroughly) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        for (String kind : KINDS) {
            for (String row : ServerCrashes.rows(connection, "SHOW " + kind + "S")) {
                String[] cells = row.split(" \\| ");
                if (cells[0].startsWith(prefix)) {
                    found.put(cells[0], kind.equals("STREAM") ? kind + " for " + cells[RETENTION] : kind);
                }
            }
        }
        boolean mayBeReplaced = kinds(objects).equals(kinds(objectsIfDone)) && !objects.equals(objectsIfDone);
        boolean reads = thoroughly || mayBeReplaced;
        if (kinds(objectsIfDone).equals(found) && (!reads || shows(connection, objectsIfDone))) {
            objects = objectsIfDone;
        } else {
            assertEquals(kinds(objects), found, () -> "if the last statement was done: " + kinds(objectsIfDone));
            assertTrue(!reads || shows(connection, objects), "a view is another one than was defined");
        }
        objectsIfDone = objects;
    }

    private static Map<String, String> kinds(Map<String, Made> objects) {
        Map<String, String> kinds = new TreeMap<>();
        objects.forEach((name, object) ->
                kinds.put(name, object.kind().equals("STREAM") ? "STREAM for " + object.version() : object.kind()));
        return kinds;
    }

    /** Whether every object can be read, and every view shows its version. */
    private static boolean shows(Connection connection, Map<String, Made> objects) throws SQLException {
        for (Map.Entry<String, Made> entry : objects.entrySet()) {
            List<String> rows = ServerCrashes.rows(connection, "SELECT t FROM " + entry.getKey());
            String expected = entry.getValue().isView() ? entry.getValue().version() : "one";
            if (rows.size() > 1 || rows.size() == 1 && !rows.get(0).equals(expected)) {
                return false;
            }
        }
        return true;
    }

    void throwUnexpected() {
        if (unexpected != null) {
            throw new AssertionError("the client that changes the catalog", unexpected);
        }
    }
}
