package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Resharder;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server while clients insert and partitions are split, merged and added, starts it again, and looks for what it
 * had acknowledged: all of it is there once, the rows of a client in their order along the partitions that follow from
 * each other, and every key has exactly one partition. {@code -Dthalweg.kill.cycles=…} says how often.
 */
class ShardKillTest {
    private static final int CYCLES = Integer.getInteger("thalweg.kill.cycles", 5);
    private static final int CLIENTS = 6;

    @TempDir
    Path directory;

    private final List<InsertClient> clients = new ArrayList<>();
    private final AtomicReference<Throwable> unexpected = new AtomicReference<>();
    private int added = 2;

    @Test
    void splitsAndMergesLoseNothingInAKill() throws Exception {
        Random random = new Random(Seeds.of("ShardKillTest"));
        Resharder resharder = new Resharder(random.nextLong());
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
                runUntilKilled(server, resharder, 50 + random.nextInt(1_450));
            }
        }
        try (ServerProcess server = ServerProcess.start(directory)) {
            check(server);
            assertEquals(143, server.stop(), server.output());
        }
        long rows = clients.stream().mapToLong(InsertClient::acknowledged).sum();
        System.out.println("ShardKillTest: " + CYCLES + " kills, " + rows + " acknowledged rows, " + resharder.changes()
                + " acknowledged splits and merges, " + added + " partitions added to");
        assertTrue(rows > 0 && resharder.changes() > 0, "no client ever got through");
    }

    private static void createObjects(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (client INT NOT NULL, seq BIGINT NOT NULL, note VARCHAR,"
                    + " log_partition INT METADATA FROM 'partition' VIRTUAL, log_offset BIGINT METADATA FROM 'offset'"
                    + " VIRTUAL) DISTRIBUTED BY (client) INTO 2 PARTITIONS");
            statement.execute("CREATE STREAM growing (n INT) INTO 2 PARTITIONS");
            statement.execute("CREATE TABLE latest (client INT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (client))");
            statement.execute("CREATE MATERIALIZED VIEW per_client AS"
                    + " SELECT client, COUNT(*) AS n, MIN(seq) AS first_seq, MAX(seq) AS last_seq FROM events"
                    + " GROUP BY client");
        }
    }

    private void runUntilKilled(ServerProcess server, Resharder resharder, long millis) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(new Thread(() -> client.run(server), "client " + client.number())));
        threads.add(new Thread(() -> reshard(server, resharder), "resharder"));
        threads.forEach(Thread::start);
        Thread.sleep(millis);
        server.kill();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive(), thread.getName() + " still waits for a server that is dead");
        }
        clients.forEach(InsertClient::throwUnexpected);
        if (unexpected.get() != null) {
            throw new AssertionError("the client that changes partitions", unexpected.get());
        }
    }

    /** Splits and merges one stream and adds partitions to the other until the server is gone. */
    private void reshard(ServerProcess server, Resharder resharder) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                resharder.change(connection, "events");
                if (resharder.changes() % 3 == 0 && added < 1_000) {
                    statement.execute("ALTER STREAM growing ADD PARTITIONS 1");
                    added++;
                    statement.execute("INSERT INTO growing VALUES (" + added + ")");
                }
            }
        } catch (SQLException gone) {
            if (server.isAlive() && !String.valueOf(gone.getSQLState()).startsWith("08")) {
                unexpected.set(gone);
            }
        } catch (RuntimeException | Error defect) {
            unexpected.set(defect);
        }
    }

    private void check(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect()) {
            for (InsertClient client : clients) {
                checkEvents(connection, client);
            }
            assertEquals(
                    rows(connection, "SELECT client, COUNT(*), MIN(seq), MAX(seq) FROM events GROUP BY client"),
                    rows(connection, "SELECT client, n, first_seq, last_seq FROM per_client"));
            List<String> latest = rows(connection, "SELECT client, seq FROM latest");
            clients.forEach(client -> client.checkLatest(latest));
            checkCoverage(connection);
            int partitions = Integer.parseInt(
                    rows(connection, "SELECT COUNT(*) FROM growing$partitions").get(0));
            assertTrue(partitions == added || partitions == added + 1, partitions + " instead of " + added);
            added = partitions;
        }
    }

    private static void checkEvents(Connection connection, InsertClient client) throws SQLException {
        List<Long> sequence = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT seq, note FROM events WHERE client = "
                        + client.number() + " ORDER BY log_partition, log_offset")) {
            while (result.next()) {
                sequence.add(result.getLong(1));
                assertEquals(InsertClient.note(client.number(), result.getLong(1)), result.getString(2));
            }
        }
        long found = sequence.size();
        String what = "client " + client.number() + ": " + client.acknowledged() + " acknowledged, "
                + client.attempted() + " attempted, " + found + " found";
        for (int i = 0; i < found; i++) {
            assertEquals(i + 1, sequence.get(i), what);
        }
        assertTrue(found == client.acknowledged() || found == client.attempted(), what);
        client.continueFrom(found);
    }

    /** The open partitions take every hash once. */
    private static void checkCoverage(Connection connection) throws SQLException {
        long next = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT first_hash, last_hash FROM events$partitions"
                        + " WHERE state = 'OPEN' ORDER BY first_hash")) {
            while (result.next()) {
                assertEquals("%016x".formatted(next), result.getString(1));
                next = Long.parseUnsignedLong(result.getString(2), 16) + 1;
            }
        }
        assertEquals(0, next, "the last hash is taken by nobody");
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result).stream().sorted().toList();
        }
    }
}
