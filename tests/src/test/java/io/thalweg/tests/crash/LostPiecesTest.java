package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories of which a piece was lost: a server that starts has everything, and one that cannot says so. */
class LostPiecesTest {
    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void writeRows() throws Exception {
        data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM s (a INT)");
            statement.execute("INSERT INTO s VALUES (1), (2), (3)");
            server.stop();
        }
    }

    private static List<String> rows(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect()) {
            return ServerCrashes.rows(connection, "SELECT a FROM s");
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** The partition of the catalog, which is the one that was made first. */
    private Path catalog() throws IOException {
        try (Stream<Path> streams = Files.list(data.resolve("log"))) {
            List<Path> all = streams.toList();
            assertEquals(2, all.size());
            return all.stream()
                    .min(Comparator.comparing(stream ->
                            Long.parseUnsignedLong(stream.getFileName().toString(), 16)))
                    .orElseThrow();
        }
    }

    @Test
    void startsWithEverythingWithoutWhatCanBeMadeAgain() throws Exception {
        Files.delete(data.resolve("durable-points"));
        Files.delete(data.resolve("thalweg.lock"));
        Files.deleteIfExists(data.resolve("reserve"));
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(path -> path.toString().matches(".*\\.(index|snapshot)"))
                    .toList()) {
                Files.delete(file);
            }
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            assertEquals(List.of("1", "2", "3"), rows(server));
            assertTrue(
                    ServerProcess.refusal(data).contains("is used by another process"), "two servers on one directory");
            assertEquals(List.of("1", "2", "3"), rows(server));
        }
    }

    @Test
    void refusesToStartWithoutItsCatalog() throws Exception {
        delete(catalog());
        assertRefused("is missing from the data directory");
        Files.delete(data.resolve("durable-points"));
        assertRefused("catalog");
    }

    private void assertRefused(String reason) throws Exception {
        String refusal = ServerProcess.refusal(data);
        assertTrue(refusal.contains(reason) && !refusal.startsWith("exit code 0"), refusal);
    }

    @Test
    void refusesToStartWithADamagedCatalog() throws Exception {
        try (Stream<Path> files = Files.walk(catalog())) {
            Path segment = files.filter(path -> path.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 1;
            Files.write(segment, bytes);
        }
        assertRefused("corrupted");
    }
}
