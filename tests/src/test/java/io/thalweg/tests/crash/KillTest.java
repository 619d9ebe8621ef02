package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server while clients insert and change the catalog, starts it again, and looks for what it had acknowledged.
 * {@code -Dthalweg.kill.cycles=…} says how often; five times unless told otherwise.
 */
class KillTest {
    private static final int CYCLES = Integer.getInteger("thalweg.kill.cycles", 5);
    private static final int CLIENTS = 8;

    @TempDir
    Path directory;

    private final List<InsertClient> clients = new ArrayList<>();
    private final CatalogClient catalog = new CatalogClient();

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        Random random = new Random(Seeds.of("KillTest"));
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new InsertClient(i, random.nextLong()));
        }
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (ServerProcess server = ServerProcess.start(directory)) {
                if (cycle == 0) {
                    createObjects(server);
                } else {
                    check(server);
                }
                runUntilKilled(server, 50 + random.nextInt(1_450));
            }
        }
        try (ServerProcess server = ServerProcess.start(directory)) {
            check(server);
            assertEquals(143, server.stop(), server.output());
        }
        long rows = clients.stream().mapToLong(InsertClient::acknowledged).sum();
        System.out.println("KillTest: " + CYCLES + " kills, " + rows + " acknowledged rows, " + catalog.acknowledged()
                + " acknowledged changes of the catalog");
        assertTrue(rows > 0, "no client ever got through");
    }

    private static void createObjects(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (client INT NOT NULL, seq BIGINT NOT NULL, note VARCHAR,"
                    + " log_partition INT METADATA FROM 'partition' VIRTUAL, log_offset BIGINT METADATA FROM 'offset'"
                    + " VIRTUAL) DISTRIBUTED BY (client) INTO 4 PARTITIONS");
            statement.execute("CREATE TABLE latest (client INT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (client))");
            statement.execute("CREATE MATERIALIZED VIEW per_client AS"
                    + " SELECT client, COUNT(*) AS n, MIN(seq) AS first_seq, MAX(seq) AS last_seq FROM events"
                    + " GROUP BY client");
            statement.execute("CREATE MATERIALIZED VIEW joined AS"
                    + " SELECT p.client, p.n, l.seq FROM per_client AS p JOIN latest AS l ON p.client = l.client");
        }
    }

    private void runUntilKilled(ServerProcess server, long millis) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(new Thread(() -> client.run(server), "client " + client.number())));
        threads.add(new Thread(() -> catalog.run(server), "catalog client"));
        threads.forEach(Thread::start);
        Thread.sleep(millis);
        server.kill();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive(), thread.getName() + " still waits for a server that is dead");
        }
        clients.forEach(InsertClient::throwUnexpected);
        catalog.throwUnexpected();
    }

    private void check(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect()) {
            for (InsertClient client : clients) {
                checkEvents(connection, client);
            }
            checkTable(connection);
            assertSame(
                    connection,
                    "SELECT client, n, first_seq, last_seq FROM per_client",
                    "SELECT client, COUNT(*), MIN(seq), MAX(seq) FROM events GROUP BY client");
            assertSame(
                    connection,
                    "SELECT client, n, seq FROM joined",
                    "SELECT p.client, p.n, l.seq FROM per_client AS p JOIN latest AS l ON p.client = l.client");
            catalog.check(rows(connection, "SHOW STREAMS").stream()
                    .map(row -> row.split(" \\| "))
                    .collect(Collectors.toMap(row -> row[0], row -> row[4])));
        }
    }

    private static void checkEvents(Connection connection, InsertClient client) throws SQLException {
        List<Long> sequence = new ArrayList<>();
        Set<Integer> partitions = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT log_offset, seq, log_partition, note FROM events"
                        + " WHERE client = " + client.number() + " ORDER BY log_offset")) {
            while (result.next()) {
                sequence.add(result.getLong(2));
                partitions.add(result.getInt(3));
                assertEquals(InsertClient.note(client.number(), result.getLong(2)), result.getString(4));
            }
        }
        long found = sequence.size();
        String what = "client " + client.number() + ": " + client.acknowledged() + " acknowledged, "
                + client.attempted() + " attempted, " + found + " found";
        for (int i = 0; i < found; i++) {
            assertEquals(i + 1, sequence.get(i), what);
        }
        assertTrue(found == client.acknowledged() || found == client.attempted(), what);
        assertTrue(partitions.size() <= 1, what + " in partitions " + partitions);
        client.continueFrom(found);
    }

    private void checkTable(Connection connection) throws SQLException {
        List<String> rows = rows(connection, "SELECT client, seq FROM latest");
        for (InsertClient client : clients) {
            List<Long> found = rows.stream()
                    .map(row -> row.split(" \\| "))
                    .filter(row -> Integer.parseInt(row[0]) == client.number())
                    .map(row -> Long.parseLong(row[1]))
                    .toList();
            client.checkLatest(found);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result).stream().sorted().toList();
        }
    }

    private static void assertSame(Connection connection, String view, String query) throws SQLException {
        assertEquals(rows(connection, query), rows(connection, view), view);
    }
}
