package io.thalweg.tests.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much at once: what one client asks for, the others do not pay for. */
class LoadAbuseTest {
    private static final int QUERIES = 100;
    private static final int BATCHES = 150;
    private static final int BATCH = 1_000;

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

    @Test
    void aHundredEndlessQueriesAreCancelledAtOnce() throws Exception {
        String url = "jdbc:thalweg:embedded:mem:cancel" + System.nanoTime();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, "CREATE STREAM s (id BIGINT, k INT)");
            execute(connection, "INSERT INTO s VALUES (1, 1)");
            query(connection, "SELECT COUNT(*) FROM s");
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            List<Statement> statements = new ArrayList<>();
            List<Future<String>> readers = new ArrayList<>();
            for (int i = 0; i < QUERIES; i++) {
                Connection own = DriverManager.getConnection(url);
                Statement statement = own.createStatement();
                statements.add(statement);
                String sql = i % 2 == 0 ? "SELECT * FROM s" : "SELECT k, COUNT(*) FROM s GROUP BY k";
                ResultSet result = statement.executeQuery(sql + " EMIT CHANGES");
                readers.add(threads.submit(() -> readUntilCancelled(own, result)));
            }
            long start = System.nanoTime();
            for (Statement statement : statements) {
                statement.cancel();
            }
            for (Future<String> reader : readers) {
                assertEquals("57014", reader.get(20, TimeUnit.SECONDS));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            System.out.println("LoadAbuseTest: " + QUERIES + " queries cancelled in " + millis + " ms");
            assertTrue(millis < 10_000, millis + " ms");
            threads.shutdown();
            assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
            assertNothingRuns(connection);
            assertEquals(List.of(), queryThreadsSince(before));
        } finally {
            threads.shutdownNow();
        }
    }

    private static String readUntilCancelled(Connection own, ResultSet result) throws SQLException {
        try (own) {
            return assertThrows(SQLException.class, () -> ResultText.all(result))
                    .getSQLState();
        }
    }

    private static void assertNothingRuns(Connection connection) throws Exception {
        List<String> running = List.of("not looked yet");
        for (int i = 0; i < 500 && !running.isEmpty(); i++) {
            Thread.sleep(10);
            running = query(connection, "SELECT statement FROM sys.queries WHERE statement NOT LIKE '%sys.queries%'");
        }
        assertEquals(List.of(), running);
    }

    /** Threads of queries that are still there; those of a pool may wait for more work. */
    private static List<String> queryThreadsSince(Set<Thread> before) throws InterruptedException {
        List<String> left = List.of("not looked yet");
        for (int i = 0; i < 500 && !left.isEmpty(); i++) {
            Thread.sleep(10);
            left = Thread.getAllStackTraces().entrySet().stream()
                    .filter(entry -> !before.contains(entry.getKey()))
                    .filter(entry -> entry.getKey().getName().contains("query"))
                    .filter(entry -> java.util.Arrays.stream(entry.getValue())
                            .anyMatch(frame -> frame.getClassName().startsWith("io.thalweg.server.query")))
                    .map(entry -> entry.getKey().getName())
                    .toList();
        }
        return left;
    }

    /** The server's heap is far smaller than what the slow reader has not read. */
    @Test
    void aSlowReaderWaitsAlone() throws Exception {
        try (ServerProcess server = ServerProcess.start(directory, "-Xmx160m", "-XX:+ExitOnOutOfMemoryError");
                Connection writer = server.connect();
                Connection slow = server.connect()) {
            execute(writer, "CREATE STREAM s (id BIGINT NOT NULL, filler VARCHAR)");
            Statement slowStatement = slow.createStatement();
            ResultSet slowResult = slowStatement.executeQuery("SELECT * FROM s EMIT CHANGES");
            insertMany(writer);
            assertTrue(slowResult.next());
            assertEquals(0, slowResult.getLong(1));
            long start = System.nanoTime();
            long count = (long) BATCHES * BATCH;
            assertEquals(List.of(String.valueOf(count)), query(writer, "SELECT COUNT(*) FROM s"));
            try (Connection other = server.connect();
                    Statement statement = other.createStatement();
                    ResultSet quick =
                            statement.executeQuery("SELECT id FROM s WHERE id >= " + count + " EMIT CHANGES")) {
                execute(writer, "INSERT INTO s VALUES (" + count + ", 'last')");
                assertTrue(quick.next());
                assertEquals(count, quick.getLong(1));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < 30_000, "others wait for " + millis + " ms");
            for (long id = 1; id <= count; id++) {
                assertTrue(slowResult.next());
                assertEquals(id, slowResult.getLong(1));
            }
            slowStatement.cancel();
            assertTrue(server.isAlive(), server.output());
        }
    }

    private static void insertMany(Connection writer) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO s VALUES (?, ?)")) {
            for (int i = 0; i < BATCHES * BATCH; i++) {
                insert.setLong(1, i);
                // Not compressible, and about 300 MB in all.
                insert.setString(2, filler(i));
                insert.addBatch();
                if ((i + 1) % BATCH == 0) {
                    insert.executeBatch();
                }
            }
        }
    }

    private static String filler(int seed) {
        StringBuilder text = new StringBuilder(2_000);
        long state = seed * 0x9E3779B97F4A7C15L + 1;
        while (text.length() < 2_000) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append(Long.toString(state >>> 1, 36));
        }
        return text.toString();
    }
}
