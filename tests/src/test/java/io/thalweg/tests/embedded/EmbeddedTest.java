package io.thalweg.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.ServerProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database inside the process of its user: how fast it is there, what it shares, and what it leaves behind. */
class EmbeddedTest {
    private static final String MEMORY = "jdbc:thalweg:embedded:";
    /** About a second on an idle machine; tests share theirs. */
    private static final long MAX_COLD_MILLIS = 20_000;

    @TempDir
    Path directory;

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result);
        }
    }

    /** Connects, makes a stream, inserts, asks; in a fresh JVM, since that is what a unit test waits for. */
    @Test
    void aFreshProcessHasItsFirstAnswerSoon() throws Exception {
        List<String> command = new ArrayList<>(ServerProcess.command());
        command.add(FirstAnswerMain.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String text = output.lines().collect(Collectors.joining("\n"));
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), text);
            assertTrue(text.contains("answer 2 | 3 after "), text);
            String millis = text.substring(text.lastIndexOf("after ") + 6).split(" ")[0];
            System.out.println("EmbeddedTest: first answer of a fresh process after " + millis + " ms");
            assertTrue(Long.parseLong(millis) < MAX_COLD_MILLIS, text);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondDatabaseIsThereAtOnce() throws SQLException {
        DriverManager.getConnection(MEMORY).close();
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(MEMORY)) {
            assertEquals(List.of("2"), query(connection, "SELECT 1 + 1"));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.println("EmbeddedTest: a further database after " + millis + " ms");
        assertTrue(millis < 5_000, millis + " ms");
    }

    @Test
    void databasesInOneProcessKnowNothingOfEachOther() throws SQLException {
        try (Connection one = DriverManager.getConnection(MEMORY);
                Connection other = DriverManager.getConnection(MEMORY)) {
            execute(one, "CREATE STREAM s (id BIGINT)");
            execute(other, "CREATE TABLE s (id BIGINT NOT NULL, t VARCHAR, PRIMARY KEY (id))");
            execute(one, "INSERT INTO s VALUES (1)");
            execute(other, "INSERT INTO s VALUES (2, 'two')");
            assertEquals(List.of("1"), query(one, "SELECT * FROM s"));
            assertEquals(List.of("2 | two"), query(other, "SELECT * FROM s"));
        }
        try (Connection gone = DriverManager.getConnection(MEMORY)) {
            assertEquals(List.of(), query(gone, "SHOW STREAMS"));
        }
    }

    @Test
    void connectionsToOneNameShareADatabase() throws SQLException {
        String url = MEMORY + "mem:shared" + System.nanoTime();
        try (Connection one = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url)) {
            execute(one, "CREATE STREAM s (id BIGINT)");
            execute(other, "INSERT INTO s VALUES (7)");
            assertEquals(List.of("7"), query(one, "SELECT * FROM s"));
        }
    }

    @Test
    void aDirectoryKeepsEverything() throws SQLException {
        String url = MEMORY + directory.resolve("kept");
        for (int time = 1; time <= 3; time++) {
            try (Connection connection = DriverManager.getConnection(url)) {
                if (time == 1) {
                    execute(connection, "CREATE STREAM s (id BIGINT, t VARCHAR)");
                    execute(connection, "CREATE MATERIALIZED VIEW n AS SELECT COUNT(*) AS n FROM s");
                }
                execute(connection, "INSERT INTO s VALUES (" + time + ", 'time " + time + "')");
                assertEquals(List.of(String.valueOf(time)), query(connection, "SELECT n FROM n"));
                assertEquals(time, query(connection, "SELECT * FROM s").size());
            }
        }
    }

    @Test
    void connectionsToOneDirectoryShareADatabase() throws Exception {
        Path data = directory.resolve("shared");
        Files.createDirectories(data);
        Path link = Files.createSymbolicLink(directory.resolve("link"), data);
        try (Connection one = DriverManager.getConnection(MEMORY + data);
                Connection other = DriverManager.getConnection(MEMORY + link)) {
            execute(one, "CREATE STREAM s (id BIGINT)");
            execute(other, "INSERT INTO s VALUES (1)");
            assertEquals(List.of("1"), query(one, "SELECT * FROM s"));
        }
    }

    @Test
    void aDirectoryBelongsToOneProcess() throws Exception {
        Path data = directory.resolve("owned");
        try (Connection connection = DriverManager.getConnection(MEMORY + data)) {
            execute(connection, "CREATE STREAM s (id BIGINT)");
            String refusal = ServerProcess.refusal(data);
            assertTrue(refusal.startsWith("exit code 1\n"), refusal);
            assertTrue(refusal.contains("is used by another process"), refusal);
            assertTrue(!refusal.contains("Exception") && !refusal.contains("\tat "), refusal);
            execute(connection, "INSERT INTO s VALUES (1)");
        }
        try (ServerProcess server = ServerProcess.start(data);
                Connection remote = server.connect()) {
            assertEquals(List.of("1"), query(remote, "SELECT * FROM s"));
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(MEMORY + data).close());
            assertEquals("55006", refused.getSQLState(), refused.getMessage());
            execute(remote, "INSERT INTO s VALUES (2)");
            assertEquals(143, server.stop(), server.output());
        }
        try (Connection connection = DriverManager.getConnection(MEMORY + data)) {
            assertEquals(2, query(connection, "SELECT * FROM s").size());
        }
    }

    @Test
    void closingTheLastConnectionStopsEverything() throws Exception {
        String url = MEMORY + directory.resolve("closed");
        Set<Thread> before = threads();
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, "CREATE STREAM s (id BIGINT)");
            execute(connection, "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
            assertNotEquals(before.size(), threads().size());
        }
        for (int i = 0; i < 500 && !left(before).isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), left(before));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    private static List<String> left(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("thalweg"))
                .map(Thread::getName)
                .toList();
    }

    @Test
    void badUrlsAreRefusedInWords() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        for (String url : Stream.of(
                        MEMORY + file,
                        "jdbc:thalweg:",
                        "jdbc:thalweg:nothing",
                        "jdbc:thalweg://localhost:0/",
                        "jdbc:thalweg://localhost:1/",
                        "jdbc:thalweg://localhost:7400/a/b",
                        MEMORY + "mem:x?schema=nowhere",
                        MEMORY + "mem:x?nothing=1",
                        MEMORY + "mem:x?fetchSize=-1")
                .toList()) {
            SQLException refused = assertThrows(
                    SQLException.class, () -> DriverManager.getConnection(url).close(), url);
            assertTrue(refused.getSQLState() != null && !refused.getSQLState().equals("XX000"), url + ": " + refused);
        }
    }
}
