package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Makes, alters and drops streams, and knows which of them must be there. */
final class CatalogClient {
    private static final String PREFIX = "made_";

    /** The retention of each stream by its name. */
    private final Map<String, String> existing = new TreeMap<>();
    /** What the last, unacknowledged statement was about; empty if there was none. */
    private String open = "";

    private int made;
    private int acknowledged;
    private Throwable unexpected;

    int acknowledged() {
        return acknowledged;
    }

    /** Changes the catalog until the server is gone. */
    void run(ServerProcess server) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                String name = PREFIX + made++;
                change(statement, "CREATE STREAM " + name + " (id BIGINT, t VARCHAR)", name);
                existing.put(name, "forever");
                String retention = retention();
                change(statement, "ALTER STREAM " + name + " SET ('retention' = '" + retention + "')", name);
                existing.put(name, retention);
                statement.execute("INSERT INTO " + name + " VALUES (1, 'one')");
                if (made % 3 != 0) {
                    change(statement, "DROP STREAM " + name, name);
                    existing.remove(name);
                }
            }
        } catch (SQLException gone) {
            if (server.isAlive() && !String.valueOf(gone.getSQLState()).startsWith("08")) {
                unexpected = gone;
            }
        } catch (RuntimeException | Error defect) {
            unexpected = defect;
        }
    }

    /** What the last stream was told, if it came to that. */
    private String retention() {
        return 1 + made % 1_000 + " d";
    }

    private void change(Statement statement, String sql, String name) throws SQLException {
        open = name;
        statement.execute(sql);
        open = "";
        acknowledged++;
    }

    /**
     * Compares with the streams that are there.
     *
     * @param retentions by the names of the streams
     */
    void check(Map<String, String> retentions) {
        Map<String, String> found = new TreeMap<>(retentions);
        found.keySet().removeIf(name -> !name.startsWith(PREFIX));
        Map<String, String> known = new TreeMap<>(existing);
        // A change that was under way has happened or not, but nothing in between.
        if (found.containsKey(open) && found.get(open).matches("forever|" + retention())) {
            known.put(open, found.get(open));
        } else if (!open.isEmpty()) {
            known.remove(open);
        }
        assertEquals(known, found);
        existing.clear();
        existing.putAll(found);
        open = "";
    }

    void throwUnexpected() {
        if (unexpected != null) {
            throw new AssertionError("the client that changes the catalog", unexpected);
        }
    }
}
