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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of partitions happen as a whole or not at all, wherever the process is killed or the disk is full. */
@Timeout(300)
class ShardFaultTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final String INSERT = "INSERT INTO s VALUES (1), (2), (3), (4), (5), (6), (7), (8)";
    private static final List<String> SCRIPT = List.of(
            "CREATE STREAM s (a INT) DISTRIBUTED BY HASH (a) INTO 2 PARTITIONS",
            INSERT,
            "ALTER STREAM s ADD PARTITIONS 2",
            INSERT,
            "ALTER STREAM s SPLIT PARTITION 1",
            INSERT,
            "ALTER STREAM s MERGE PARTITIONS 2, 5",
            INSERT,
            "ALTER STREAM s SPLIT PARTITION 6");
    private static final String PICTURE =
            "SELECT partition_id, state, first_hash, parents FROM sys.partitions ORDER BY partition_id";

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

    /** The partitions before the script and after each statement of it. */
    private static List<String> expected() {
        List<String> pictures = new ArrayList<>();
        ThalwegServer server = start(new FaultyFiles(new MemoryFileSystem(), NEVER));
        ProtocolClient client = InProcessClient.connect(server);
        pictures.add(client.execute(PICTURE));
        for (String statement : SCRIPT) {
            String answer = client.execute(statement);
            assertTrue(answer.startsWith("completed"), answer);
            pictures.add(client.execute(PICTURE));
        }
        close(server);
        return pictures;
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

    private static long inserted(int statements) {
        return 8 * SCRIPT.subList(0, statements).stream().filter(INSERT::equals).count();
    }

    @Test
    void aKillLeavesNoHalfChange() {
        List<String> expected = expected();
        int acknowledged = 0;
        int kills = 0;
        while (acknowledged < SCRIPT.size()) {
            MemoryFileSystem disk = new MemoryFileSystem();
            acknowledged = runUntilKilled(new FaultyFiles(disk, kills));
            int attempted = Math.min(acknowledged + 1, SCRIPT.size());
            String when = "killed after " + kills + " changes, " + acknowledged + " statements acknowledged";
            ThalwegServer server = start(new FaultyFiles(disk, NEVER));
            ProtocolClient client = InProcessClient.connect(server);
            String picture = client.execute(PICTURE);
            assertTrue(
                    picture.equals(expected.get(acknowledged)) || picture.equals(expected.get(attempted)),
                    when + ":\n" + picture);
            if (acknowledged > 0) {
                long rows = Long.parseLong(
                        client.execute("SELECT COUNT(*) AS n FROM s").split("\n")[1]);
                assertTrue(rows >= inserted(acknowledged) && rows <= inserted(attempted), when + ": " + rows);
                String answer = client.execute(INSERT);
                assertEquals("completed 8 inserted 8 rows\n", answer, when);
                assertTrue(client.execute("SELECT COUNT(*) AS n FROM s").contains("\n" + (rows + 8) + "\n"), when);
            }
            close(server);
            kills++;
        }
        System.out.println(kills + " kills");
    }

    @Test
    void aFullDiskRefusesChangesUntilThereIsRoomAgain() {
        MemoryFileSystem memory = new MemoryFileSystem();
        FaultyFiles files = new FaultyFiles(memory, NEVER);
        ThalwegServer server = start(files);
        ProtocolClient client = InProcessClient.connect(server);
        client.execute(SCRIPT.get(0));
        client.execute(INSERT);
        String before = client.execute(PICTURE);
        files.setFull(true);
        for (int i = 0; i < 3; i++) {
            assertRefused(client.execute("ALTER STREAM s SPLIT PARTITION 1"));
            assertRefused(client.execute("ALTER STREAM s MERGE PARTITIONS 0, 1"));
            assertRefused(client.execute("ALTER STREAM s ADD PARTITIONS 2"));
            assertEquals(before, client.execute(PICTURE));
        }
        files.setFull(false);
        for (String change : List.of("ADD PARTITIONS 2", "SPLIT PARTITION 1", "MERGE PARTITIONS 2, 5")) {
            String answer = client.execute("ALTER STREAM s " + change);
            assertTrue(answer.startsWith("completed"), answer);
            assertEquals("completed 8 inserted 8 rows\n", client.execute(INSERT));
        }
        String after = client.execute(PICTURE);
        close(server);

        ThalwegServer restarted = start(new FaultyFiles(memory, NEVER));
        ProtocolClient again = InProcessClient.connect(restarted);
        assertEquals(after, again.execute(PICTURE));
        assertTrue(again.execute("SELECT COUNT(*) AS n FROM s").contains("\n32\n"));
        close(restarted);
    }

    private static void assertRefused(String answer) {
        assertTrue(answer.startsWith("failed QUERY 53100 "), answer);
    }

    @Test
    void aDamagedPartitionIsNotReplaced() throws Exception {
        MemoryFileSystem memory = new MemoryFileSystem();
        ThalwegServer server = start(new FaultyFiles(memory, NEVER));
        ProtocolClient client = InProcessClient.connect(server);
        client.execute("CREATE STREAM s (a INT, t VARCHAR) INTO 2 PARTITIONS");
        for (int i = 0; i < 20; i++) {
            client.execute("INSERT INTO s VALUES (1, 'a text that is long enough to be hit')");
        }
        close(server);
        damageFirstSegment(memory);

        ThalwegServer restarted = start(new FaultyFiles(memory, NEVER));
        ProtocolClient again = InProcessClient.connect(restarted);
        String found = again.execute("SELECT * FROM s");
        assertTrue(found.contains("failed QUERY XX001 stream s: partition 0"), found);
        String picture = again.execute(PICTURE);
        for (String change : List.of("SPLIT PARTITION 0", "MERGE PARTITIONS 1, 0", "ADD PARTITIONS 1")) {
            String answer = again.execute("ALTER STREAM s " + change);
            assertTrue(answer.startsWith("failed QUERY XX001 stream s: partition 0 of stream 1 is corrupted"), answer);
        }
        assertEquals(picture, again.execute(PICTURE));
        String sound = again.execute("ALTER STREAM s SPLIT PARTITION 1");
        assertEquals("completed -1 split partition 1 of stream s into 2 and 3\n", sound);
        close(restarted);
    }

    private static void damageFirstSegment(MemoryFileSystem memory) throws Exception {
        Path partition = ServerConfig.of(Map.of())
                .data()
                .toAbsolutePath()
                .resolve("log")
                .resolve("1")
                .resolve("0");
        try (LogFile file = memory.open(partition.resolve("00000000000000000000.log"))) {
            long middle = file.size() / 2;
            ByteBuffer one = ByteBuffer.allocate(1);
            file.readFully(one, middle);
            one.put(0, (byte) ~one.get(0)).rewind();
            file.writeFully(one, middle);
        }
    }
}
