package io.thalweg.tests.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in Java outlive the kill of the server; a jar that is not the one they were made with does harm to nothing else. */
class JavaFunctionsRestartTest {
    @TempDir
    Path directory;

    private void writeJar(String body) throws Exception {
        CompiledJar.write(
                directory.resolve("acme.jar"),
                Map.of("acme.F", "package acme; public class F { public long eval(long x) { return " + body + "; } }"));
    }

    private static void execute(ServerProcess server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> rows(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result);
        }
    }

    private static String failure(ServerProcess server, String sql) {
        return assertThrows(SQLException.class, () -> rows(server, sql)).getMessage();
    }

    @Test
    void aKillAndAnotherJar() throws Exception {
        writeJar("x + 1");
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data)) {
            execute(
                    server,
                    "CREATE FUNCTION f AS 'acme.F' USING JAR 'acme.jar'",
                    "CREATE STREAM s (v BIGINT)",
                    "CREATE VIEW one AS SELECT f(v) AS w FROM s",
                    "CREATE MATERIALIZED VIEW two AS SELECT f(v) AS w, COUNT(*) AS n FROM s GROUP BY f(v)",
                    "CREATE MATERIALIZED VIEW other AS SELECT COUNT(*) AS n FROM s",
                    "INSERT INTO s VALUES (1), (1), (2)");
            server.kill();
        }
        byte[] jar = Files.readAllBytes(directory.resolve("acme.jar"));
        try (ServerProcess server = ServerProcess.start(data)) {
            assertEquals(List.of("2 | 2", "3 | 1"), rows(server, "SELECT * FROM two ORDER BY w"));
            assertEquals(List.of("2", "2", "3"), rows(server, "SELECT w FROM one ORDER BY w"));
            server.kill();
        }
        writeJar("x + 2");
        try (ServerProcess server = ServerProcess.start(data)) {
            String missing = " is missing or has changed";
            assertTrue(failure(server, "SELECT * FROM one").contains(missing));
            assertTrue(failure(server, "SELECT * FROM two").contains(missing), failure(server, "SELECT * FROM two"));
            assertEquals(List.of("3"), rows(server, "SELECT n FROM other"));
            execute(server, "INSERT INTO s VALUES (5)");
            assertEquals(List.of("4"), rows(server, "SELECT n FROM other"));
            server.kill();
        }
        Files.delete(directory.resolve("acme.jar"));
        try (ServerProcess server = ServerProcess.start(data)) {
            assertTrue(failure(server, "SELECT * FROM one").contains("is missing"));
            assertEquals(List.of("4"), rows(server, "SELECT n FROM other"));
            server.kill();
        }
        Files.write(directory.resolve("acme.jar"), jar);
        try (ServerProcess server = ServerProcess.start(data)) {
            assertEquals(List.of("2 | 2", "3 | 1", "6 | 1"), rows(server, "SELECT * FROM two ORDER BY w"));
            execute(server, "DROP FUNCTION f CASCADE");
            assertEquals(
                    List.of("other"),
                    rows(
                            server,
                            "SELECT table_name FROM information_schema.tables"
                                    + " WHERE table_schema = 'public' AND table_name IN ('one', 'two', 'other')"));
        }
    }
}
