package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.disk.PrivateDisk;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fills the disk of a whole server while clients insert, and makes room again: every insert is refused or there for
 * good, reads and drops go on meanwhile, and inserts go on soon after. {@code -Dthalweg.full.cycles=…} says how often on each
 * of two file systems. Needs the right to mount.
 */
@Timeout(7_200)
class DiskFullTest {
    private static final int CYCLES = Integer.getInteger("thalweg.full.cycles", 2);
    private static final int CYCLES_PER_RESTART = 2;
    private static final int DISK_MEBIBYTES = 64;
    private static final int SMALLEST_BLOCK_BYTES = 4 * 1024;
    private static final int ROOM_BYTES = 64 * 1024;
    private static final long LONGEST_RESUME_NANOS = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    private Path directory;

    private final Random random = new Random(Seeds.of("DiskFullTest"));
    private final ServerCrashes crashes = new ServerCrashes(random.nextLong(), 3, 0);
    private Path ballast;
    private long longestResumeNanos;
    private int refusedStatements;

    @Test
    void losesNothingInMemory() throws Exception {
        try (PrivateDisk disk = PrivateDisk.inMemory(directory, DISK_MEBIBYTES)) {
            fillAgainAndAgain(disk);
        }
    }

    @Test
    void losesNothingOnExt4() throws Exception {
        try (PrivateDisk disk = PrivateDisk.ext4(directory, DISK_MEBIBYTES)) {
            fillAgainAndAgain(disk);
        }
    }

    private void fillAgainAndAgain(PrivateDisk disk) throws Exception {
        Path data = disk.root().resolve("data");
        ballast = disk.root().resolve("ballast");
        ServerProcess server = ServerProcess.start(data);
        try {
            ServerCrashes.createObjects(server);
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                fillAndInsert(server);
                if (cycle % CYCLES_PER_RESTART == 0) {
                    server.kill();
                    server = ServerProcess.start(data);
                    crashes.check(server, true);
                }
                makeRoom(server);
                crashes.check(server, false);
            }
            server.kill();
            crashes.end(() -> ServerProcess.start(data));
        } finally {
            server.kill();
        }
        System.out.println("DiskFullTest: " + CYCLES + " times full, " + crashes.rows() + " acknowledged rows, "
                + refusedStatements + " refused statements, at most " + longestResumeNanos / 1_000_000
                + " ms until inserts went on");
    }

    private void fillAndInsert(ServerProcess server) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM unneeded (a INT)");
            List<Thread> threads = new ArrayList<>();
            crashes.clients().forEach(client -> threads.add(new Thread(() -> client.runUntilFull(server))));
            threads.forEach(Thread::start);
            takeRoomBut(random.nextInt(ROOM_BYTES));
            for (Thread thread : threads) {
                thread.join(60_000);
                assertTrue(!thread.isAlive(), "a client neither gets on nor fails");
            }
            crashes.clients().forEach(InsertClient::throwUnexpected);
            crashes.check(server, false);
            for (int i = 0; i < 3; i++) {
                refused(
                        statement,
                        "CREATE STREAM another" + i + " (a INT) INTO 2 PARTITIONS",
                        "DROP STREAM another" + i);
            }
            statement.execute("DROP STREAM unneeded");
        }
    }

    /** Runs a statement that a full disk may refuse, and takes back what it did if it was not refused. */
    private void refused(Statement statement, String sql, String back) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException full) {
            assertEquals("53100", full.getSQLState(), full::toString);
            refusedStatements++;
            return;
        }
        statement.execute(back);
    }

    private void takeRoomBut(long bytes) throws IOException {
        try (OutputStream output = Files.newOutputStream(ballast)) {
            FileStore store = Files.getFileStore(ballast);
            for (long excess = excess(store, bytes); excess > 0; excess = excess(store, bytes)) {
                output.write(new byte[(int) Math.min(excess, 1024 * 1024)]);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full::toString);
        }
    }

    private static long excess(FileStore store, long bytes) throws IOException {
        return store.getUsableSpace() - bytes - SMALLEST_BLOCK_BYTES;
    }

    private void makeRoom(ServerProcess server) throws Exception {
        Files.delete(ballast);
        long start = System.nanoTime();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM IF NOT EXISTS probe (a INT)");
            while (!inserts(statement)) {
                Thread.sleep(10);
                assertTrue(System.nanoTime() - start < LONGEST_RESUME_NANOS, "inserts do not go on");
            }
        }
        longestResumeNanos = Math.max(longestResumeNanos, System.nanoTime() - start);
    }

    private static boolean inserts(Statement statement) throws SQLException {
        try {
            statement.execute("INSERT INTO probe VALUES (1)");
            return true;
        } catch (SQLException full) {
            assertEquals("53100", full.getSQLState(), full::toString);
            return false;
        }
    }
}
