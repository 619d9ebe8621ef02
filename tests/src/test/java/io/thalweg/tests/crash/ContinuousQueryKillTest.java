package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server in the middle of endless queries that fill streams and a table. After each start everything they have
 * written must become exactly their answer: no row is missing, and none is there twice.
 * {@code -Dthalweg.kill.cycles=…} says how often; five times unless told otherwise.
 */
class ContinuousQueryKillTest {
    private static final int CYCLES = Integer.getInteger("thalweg.kill.cycles", 5);
    private static final int WRITERS = 3;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final long SECONDS_TO_CATCH_UP = 60;

    @TempDir
    Path directory;

    @Test
    void eachRowIsWrittenOnce() throws Exception {
        Random random = new Random(Seeds.of("ContinuousQueryKillTest"));
        AtomicLong next = new AtomicLong();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            try (ServerProcess server = ServerProcess.start(directory)) {
                if (cycle == 0) {
                    create(server);
                }
                Thread[] writers = new Thread[WRITERS];
                for (int i = 0; i < WRITERS; i++) {
                    long seed = random.nextLong();
                    writers[i] = new Thread(() -> write(server, next, new Random(seed)), "writer " + i);
                    writers[i].start();
                }
                Thread.sleep(100 + random.nextInt(LONGEST_LIFE_MILLIS));
                server.kill();
                for (Thread writer : writers) {
                    writer.join(20_000);
                }
            }
        }
        try (ServerProcess server = ServerProcess.start(directory);
                Connection connection = server.connect()) {
            long rows = check(connection);
            System.out.println("ContinuousQueryKillTest: " + CYCLES + " kills, " + rows + " rows compared");
            assertTrue(rows > 0, "no writer ever got through");
        }
    }

    private static void create(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (id BIGINT NOT NULL, k INT NOT NULL, v VARCHAR) INTO 3 PARTITIONS");
            statement.execute("CREATE STREAM large DISTRIBUTED BY (k) INTO 2 PARTITIONS AS"
                    + " SELECT id, k, UPPER(v) AS v FROM events WHERE id % 3 <> 0 EMIT CHANGES");
            // No column tells its rows apart, so that one too many is not seen but counted.
            statement.execute("CREATE STREAM bare AS SELECT k FROM events EMIT CHANGES");
            statement.execute("INSERT INTO bare SELECT k + 100 FROM large EMIT CHANGES");
            statement.execute("CREATE TABLE counts AS SELECT k, COUNT(*) AS n, SUM(id) AS ids, MAX(v) AS last"
                    + " FROM events GROUP BY k EMIT CHANGES");
            statement.execute(
                    "CREATE TABLE kept (last VARCHAR, k INT NOT NULL, n BIGINT, PRIMARY KEY (k)) INTO 3 PARTITIONS");
            statement.execute("INSERT INTO kept (k, n) SELECT k, COUNT(*) FROM large GROUP BY k EMIT CHANGES");
        }
    }

    private static void write(ServerProcess server, AtomicLong next, Random random) {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?)")) {
            while (true) {
                for (int i = random.nextInt(50); i >= 0; i--) {
                    insert.setLong(1, next.getAndIncrement());
                    insert.setInt(2, random.nextInt(10));
                    insert.setString(3, "v" + random.nextInt(5));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        } catch (SQLException dead) {
            // So it should be; what was acknowledged and what was not are both compared by what is there.
        }
    }

    private static long check(Connection connection) throws Exception {
        expect(connection, "SELECT id, k, UPPER(v) FROM events WHERE id % 3 <> 0", "SELECT id, k, v FROM large");
        expect(
                connection,
                "SELECT k, COUNT(*) FROM (SELECT k FROM events UNION ALL SELECT k + 100 FROM large) AS x GROUP BY k",
                "SELECT k, COUNT(*) FROM bare GROUP BY k");
        expect(connection, "SELECT k, COUNT(*), SUM(id), MAX(v) FROM events GROUP BY k", "SELECT * FROM counts");
        expect(
                connection,
                "SELECT CAST(NULL AS VARCHAR), k, COUNT(*) FROM events WHERE id % 3 <> 0 GROUP BY k",
                "SELECT * FROM kept");
        return ServerCrashes.rows(connection, "SELECT id FROM large").size();
    }

    /** Waits until the rows are there that the queries still had to write; more than those may never be. */
    private static void expect(Connection connection, String wanted, String written) throws Exception {
        List<String> expected = ServerCrashes.rows(connection, wanted);
        List<String> found = ServerCrashes.rows(connection, written);
        long deadline = System.nanoTime() + SECONDS_TO_CATCH_UP * 1_000_000_000L;
        while (!found.equals(expected) && System.nanoTime() < deadline) {
            Thread.sleep(50);
            found = ServerCrashes.rows(connection, written);
        }
        assertEquals(expected.size(), found.size(), written);
        assertEquals(expected, found, written);
    }
}
