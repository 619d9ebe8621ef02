package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server while it copies a large file. {@code -Dthalweg.copy.kills=…} says how often. */
class CopyKillTest {
    private static final int KILLS = Integer.getInteger("thalweg.copy.kills", 2);
    private static final int ROWS = 2_000_000;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void whatWasInsertedIsThereAfterAKill() throws Exception {
        Random random = new Random(Seeds.of("CopyKillTest"));
        writeFiles();
        for (int kill = 0; kill < KILLS; kill++) {
            Path data = directory.resolve("data-" + kill);
            long inserted;
            try (ServerProcess server = ServerProcess.start(data)) {
                inserted = copyUntilKilled(server, random.nextInt(20));
            }
            try (ServerProcess server = ServerProcess.start(data);
                    Connection connection = DriverManager.getConnection(server.url())) {
                assertEquals(List.of("2 | 30"), rows(connection, "SELECT COUNT(*), SUM(id) FROM done"));
                assertEquals(
                        List.of("3 | x,oops"),
                        rows(connection, "SELECT source_line, CAST(bytes AS VARCHAR) FROM done$errors"));
                String found = rows(connection, "SELECT COUNT(*) FROM big").get(0);
                assertTrue(Long.parseLong(found) >= inserted, found + " rows after " + inserted + " were inserted");
                assertTrue(Long.parseLong(found) < ROWS, "the copy was not interrupted");
                String expected = found + " | " + (Long.parseLong(found) - 1) + " | " + found;
                assertEquals(
                        List.of(expected), rows(connection, "SELECT COUNT(*), MAX(id), COUNT(DISTINCT id) FROM big"));
            }
        }
    }

    private void writeFiles() throws IOException {
        Files.writeString(directory.resolve("small.csv"), "id,name\n10,a\nx,oops\n20,b\n");
        try (PrintWriter big = new PrintWriter(Files.newBufferedWriter(directory.resolve("big.csv")))) {
            big.println("id,name");
            for (int i = 0; i < ROWS; i++) {
                big.println(i + ",\"some text of row " + i + "\"");
            }
        }
    }

    /** Returns how many rows were inserted for certain when the server was killed. */
    private static long copyUntilKilled(ServerProcess server, int moreBatches) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url())) {
            execute(connection, "CREATE STREAM done (id BIGINT, name VARCHAR)");
            execute(connection, "COPY done FROM 'small.csv' WITH (on.error = 'quarantine')");
            execute(connection, "CREATE STREAM big (id BIGINT NOT NULL, name VARCHAR)");
            CompletableFuture<Void> copying = CompletableFuture.runAsync(() -> copy(server));
            long wanted = 1 + moreBatches * 16_384L;
            long inserted = 0;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (inserted < wanted && !copying.isDone()) {
                assertTrue(System.nanoTime() < deadline, "the copy does not get on");
                List<String> progress = rows(
                        connection,
                        "SELECT row_count FROM sys.queries WHERE kind = 'COPY' AND file_bytes <= file_size");
                inserted = progress.isEmpty() ? inserted : Long.parseLong(progress.get(0));
            }
            server.kill();
            return inserted;
        }
    }

    private static void copy(ServerProcess server) {
        try (Connection connection = DriverManager.getConnection(server.url())) {
            execute(connection, "COPY big FROM 'big.csv'");
        } catch (SQLException killed) {
            // What it was for.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result);
        }
    }
}
