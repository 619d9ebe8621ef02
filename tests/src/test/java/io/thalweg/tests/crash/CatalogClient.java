package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes and drops streams, and knows which of them must be there. */
final class CatalogClient {
    private static final String PREFIX = "made_";

    private final Set<String> existing = new TreeSet<>();
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
                existing.add(name);
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

    private void change(Statement statement, String sql, String name) throws SQLException {
        open = name;
        statement.execute(sql);
        open = "";
        acknowledged++;
    }

    /** Compares with the streams that are there. */
    void check(List<String> streams) {
        Set<String> found = new TreeSet<>(streams);
        found.removeIf(name -> !name.startsWith(PREFIX));
        Set<String> known = new TreeSet<>(existing);
        if (!open.isEmpty()) {
            if (found.contains(open)) {
                known.add(open);
            } else {
                known.remove(open);
            }
        }
        assertEquals(known, found);
        existing.clear();
        existing.addAll(found);
        open = "";
    }

    void throwUnexpected() {
        if (unexpected != null) {
            throw new AssertionError("the client that changes the catalog", unexpected);
        }
    }
}
