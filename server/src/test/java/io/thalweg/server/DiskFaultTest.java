package io.thalweg.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.door.nativewire.ProtocolClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server says, and what is there afterwards, when its disk fills up or its process is killed between two writes. */
@Timeout(300)
class DiskFaultTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final List<String> SCRIPT = List.of(
            "CREATE STREAM s (a INT, b INT) DISTRIBUTED BY HASH (a) INTO 2 PARTITIONS",
            "INSERT INTO s VALUES (1, 2), (2, 3)",
            "CREATE TABLE t (k INT PRIMARY KEY)",
            "CREATE MATERIALIZED VIEW m AS SELECT a, COUNT(*) AS n FROM s GROUP BY a",
            "CREATE VIEW v AS SELECT a, n FROM m",
            "CREATE OR REPLACE VIEW v AS SELECT a FROM s",
            "INSERT INTO t VALUES (7)",
            "DROP VIEW v",
            "DROP STREAM s CASCADE",
            "CREATE STREAM s (other VARCHAR)");

    private final MemoryFileSystem memory = new MemoryFileSystem();

    private static ThalwegServer start(FaultyFiles files) {
        return ThalwegServer.open(
                files, ServerConfig.of(Map.of()), LogConfig.defaults().withReserveBytes(0), new SystemClock());
    }

    private static void close(ThalwegServer server) {
        try {
            server.close();
        } catch (ThalwegException ofItsDisk) {
            assertTrue(ofItsDisk.message().startsWith("log could not be closed cleanly"), ofItsDisk.message());
        }
    }

    private static String names(ProtocolClient client) {
        StringBuilder names = new StringBuilder();
        for (String kind : List.of("STREAMS", "TABLES", "VIEWS", "MATERIALIZED VIEWS")) {
            client.execute("SHOW " + kind)
                    .lines()
                    .filter(line -> !line.startsWith("header") && !line.startsWith("completed"))
                    .forEach(line -> names.append(kind.charAt(0))
                            .append(' ')
                            .append(line.split(" ")[0])
                            .append('\n'));
        }
        return names.toString();
    }

    /** The names of all objects before the script and after each statement of it. */
    private static List<String> expectedNames() {
        List<String> expected = new ArrayList<>();
        ThalwegServer server = start(new FaultyFiles(new MemoryFileSystem(), NEVER));
        ProtocolClient client = InProcessClient.connect(server);
        expected.add(names(client));
        for (String statement : SCRIPT) {
            String answer = client.execute(statement);
            assertTrue(answer.startsWith("completed"), answer);
            expected.add(names(client));
        }
        close(server);
        return expected;
    }

    /** How many statements of the script were acknowledged before the process was killed. */
    private static int runUntilKilled(FaultyFiles files) {
        ThalwegServer server;
        try {
            server = start(files);
        } catch (ThalwegException killed) {
            return 0;
        }
        int acknowledged = 0;
        ProtocolClient client = InProcessClient.connect(server);
        while (acknowledged < SCRIPT.size()
                && client.execute(SCRIPT.get(acknowledged)).startsWith("completed")
                && !files.isKilled()) {
            acknowledged++;
        }
        close(server);
        return acknowledged;
    }

    @Test
    void aKillBetweenAnyTwoChangesLeavesNoHalfObject() {
        List<String> expected = expectedNames();
        int acknowledged = 0;
        int kills = 0;
        while (acknowledged < SCRIPT.size()) {
            MemoryFileSystem disk = new MemoryFileSystem();
            acknowledged = runUntilKilled(new FaultyFiles(disk, kills));
            String when = "killed after " + kills + " changes, " + acknowledged + " statements acknowledged";
            ThalwegServer server = start(new FaultyFiles(disk, NEVER));
            ProtocolClient client = InProcessClient.connect(server);
            String names = names(client);
            boolean known = names.equals(expected.get(acknowledged))
                    || names.equals(expected.get(Math.min(acknowledged + 1, SCRIPT.size())));
            assertTrue(known, when + ":\n" + names);
            if (names.contains("S s") && acknowledged >= 2 && acknowledged < SCRIPT.size() - 2) {
                String rows = client.execute("SELECT COUNT(*) AS n FROM s");
                assertTrue(rows.contains("\n2\n"), when + ":\n" + rows);
            }
            assertEquals("completed -1 created stream probe\n", client.execute("CREATE STREAM probe (a INT)"), when);
            assertEquals("completed 1 inserted 1 row\n", client.execute("INSERT INTO probe VALUES (1)"), when);
            close(server);
            kills++;
        }
        System.out.println(kills + " kills");
    }

    @Test
    void aFullDiskRefusesChangesUntilThereIsRoomAgain() {
        FaultyFiles files = new FaultyFiles(memory, NEVER);
        ThalwegServer server = start(files);
        ProtocolClient client = InProcessClient.connect(server);
        client.execute("CREATE STREAM s (a INT)");
        client.execute("INSERT INTO s VALUES (1)");
        files.setFull(true);
        for (int i = 0; i < 3; i++) {
            assertRefused(client.execute("INSERT INTO s VALUES (2)"));
            assertRefused(client.execute("CREATE STREAM x (a INT) INTO 3 PARTITIONS"));
            assertRefused(client.execute("CREATE MATERIALIZED VIEW m AS SELECT a FROM s"));
            assertRefused(client.execute("DROP STREAM s"));
            assertEquals("header (a INTEGER)\n1\ncompleted -1 \n", client.execute("SELECT * FROM s"));
        }
        files.setFull(false);
        assertEquals("completed 1 inserted 1 row\n", client.execute("INSERT INTO s VALUES (3)"));
        assertEquals("completed -1 created stream x\n", client.execute("CREATE STREAM x (a INT) INTO 3 PARTITIONS"));
        assertEquals(
                "completed -1 created materialized view m\n",
                client.execute("CREATE MATERIALIZED VIEW m AS SELECT a FROM s"));
        close(server);

        ThalwegServer restarted = start(new FaultyFiles(memory, NEVER));
        assertEquals(
                "header (a INTEGER)\n1\n3\ncompleted -1 \n",
                InProcessClient.connect(restarted).execute("SELECT * FROM m ORDER BY a"));
        close(restarted);
    }

    private static void assertRefused(String answer) {
        assertTrue(answer.startsWith("failed QUERY 53100 "), answer);
    }

    @Test
    void aMissingPartitionStopsTheStart() throws Exception {
        ThalwegServer server = start(new FaultyFiles(memory, NEVER));
        ProtocolClient client = InProcessClient.connect(server);
        client.execute("CREATE STREAM s (a INT) INTO 2 PARTITIONS");
        close(server);
        removePartition();
        try {
            close(start(new FaultyFiles(memory, NEVER)));
        } catch (ThalwegException failure) {
            assertEquals("XX001", failure.code().sqlState(), failure.message());
            return;
        }
        throw new AssertionError("the server has started without a partition");
    }

    @Test
    void aDamagedPartitionFailsItsReadersAndNobodyElse() throws Exception {
        ThalwegServer server = start(new FaultyFiles(memory, NEVER));
        ProtocolClient client = InProcessClient.connect(server);
        client.execute("CREATE TABLE damaged (k INT PRIMARY KEY, x VARCHAR)");
        client.execute("CREATE TABLE sound (k INT PRIMARY KEY)");
        client.execute("CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n FROM damaged");
        client.execute("CREATE MATERIALIZED VIEW n AS SELECT COUNT(*) AS n FROM sound");
        for (int i = 0; i < 20; i++) {
            client.execute("INSERT INTO damaged VALUES (" + i + ", 'a text that is long enough to be hit')");
            client.execute("INSERT INTO sound VALUES (" + i + ")");
        }
        close(server);
        damage(partition("1", "0"));

        ThalwegServer restarted = start(new FaultyFiles(memory, NEVER));
        ProtocolClient again = InProcessClient.connect(restarted);
        assertEquals("header (n BIGINT NOT NULL)\n20\ncompleted -1 \n", again.execute("SELECT n FROM n"));
        assertEquals("completed 1 inserted 1 row\n", again.execute("INSERT INTO sound VALUES (20)"));
        String insert = again.execute("INSERT INTO damaged VALUES (1, 'x')");
        assertTrue(insert.startsWith("failed QUERY XX001 table damaged: "), insert);
        String ofTable = again.execute("SELECT * FROM damaged");
        assertTrue(
                ofTable.contains("failed QUERY XX001 table damaged has failed: table damaged: partition 0"), ofTable);
        String ofView = again.execute("SELECT * FROM m");
        assertTrue(ofView.contains("failed QUERY XX001 materialized view m has failed: table damaged"), ofView);
        String problem = again.execute("SELECT relation FROM sys.partitions WHERE problem IS NOT NULL");
        assertTrue(problem.contains("\ndamaged\n"), problem);
        assertTrue(again.execute("DROP TABLE damaged CASCADE").startsWith("completed"));
        close(restarted);
    }

    private static Path partition(String object, String number) {
        return ServerConfig.of(Map.of())
                .data()
                .toAbsolutePath()
                .resolve("log")
                .resolve(object)
                .resolve(number);
    }

    /** Changes a byte among the rows of a partition. */
    private void damage(Path partition) throws Exception {
        Path largest = null;
        long size = 0;
        for (String name : memory.list(partition)) {
            try (LogFile file = memory.open(partition.resolve(name))) {
                largest = file.size() > size ? partition.resolve(name) : largest;
                size = Math.max(size, file.size());
            }
        }
        try (LogFile file = memory.open(largest)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.readFully(one, size / 2);
            one.put(0, (byte) ~one.get(0)).rewind();
            file.writeFully(one, size / 2);
        }
    }

    private void removePartition() throws Exception {
        remove(partition("1", "1"));
    }

    private void remove(Path path) throws Exception {
        for (String name : memory.list(path)) {
            Path child = path.resolve(name);
            try {
                memory.list(child);
                remove(child);
            } catch (IOException file) {
                memory.delete(child);
            }
        }
        memory.delete(path);
    }
}
