package io.thalweg.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.door.nativewire.ProtocolClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the background does with old rows, seen from a client: retention of streams, compaction of tables. */
@Timeout(300)
class StorageUpkeepTest {
    private static final int MAX_LOOKS = 600;
    private static final int ROWS = 120;
    private static final String PADDING = "x".repeat(100);

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final AtomicLong laterMicros = new AtomicLong();
    private ThalwegServer server;
    private ProtocolClient client;

    /** The system's clock, put forward. */
    private Clock clock() {
        Clock system = new SystemClock();
        return new Clock() {
            @Override
            public long epochMicros() {
                return system.epochMicros() + laterMicros.get();
            }

            @Override
            public long monotonicNanos() {
                return system.monotonicNanos();
            }
        };
    }

    @BeforeEach
    void start() {
        ServerConfig defaults = ServerConfig.of(Map.of());
        ServerConfig small = new ServerConfig(
                Path.of("/data"),
                defaults.files(),
                defaults.functions(),
                defaults.hosts(),
                0,
                defaults.maxConnections(),
                defaults.maxQueries(),
                defaults.queryMemoryBytes(),
                2_048);
        server = ThalwegServer.open(files, small, LogConfig.defaults().withReserveBytes(0), clock());
        client = InProcessClient.connect(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void restart() {
        stop();
        start();
    }

    private void done(String statement) {
        String answer = client.execute(statement);
        assertTrue(answer.startsWith("completed"), answer);
    }

    /** The rows of a query, without what is around them. */
    private List<String> rows(String query) {
        return client.execute(query)
                .lines()
                .filter(line -> !line.startsWith("header") && !line.startsWith("completed"))
                .toList();
    }

    private void await(String query, String expected) {
        List<String> found = List.of();
        for (int look = 0; look < MAX_LOOKS; look++) {
            found = rows(query);
            if (found.equals(List.of(expected))) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertEquals(List.of(expected), found, query);
    }

    private void insert(int from, int to) {
        for (int i = from; i < to; i++) {
            done("INSERT INTO s VALUES (" + i + ", '" + PADDING + "')");
        }
    }

    @Test
    void aStreamForgetsOldRowsOnceNoViewNeedsThem() {
        done("CREATE STREAM s (id INT NOT NULL, pad VARCHAR) WITH ('retention' = '1 h')");
        done("CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n, MIN(id) AS low FROM s");
        insert(0, ROWS);
        laterMicros.addAndGet(TimeUnit.HOURS.toMicros(2));
        await("SELECT held_by FROM s$partitions", "materialized view m");
        restart();
        await("SELECT held_by FROM s$partitions", "materialized view m");
        assertEquals(List.of(ROWS + " | 0"), rows("SELECT * FROM m"));
        assertEquals(List.of(ROWS + " | 0"), rows("SELECT COUNT(*), MIN(id) FROM s"));

        done("DROP MATERIALIZED VIEW m");
        await("SELECT start_offset > 0 AND held_by IS NULL FROM s$partitions", "1");
        String left = rows("SELECT COUNT(*), MIN(id) FROM s").get(0);
        assertEquals(
                left, rows("SELECT row_count, start_offset FROM s$partitions").get(0));
        assertEquals(ROWS - 1 + "", rows("SELECT MAX(id) FROM s").get(0));

        done("CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n, MIN(id) AS low FROM s");
        assertEquals(List.of(left), rows("SELECT * FROM m"));
        insert(ROWS, 2 * ROWS);
        laterMicros.addAndGet(TimeUnit.HOURS.toMicros(2));
        List<String> before = rows("SELECT * FROM m");
        await("SELECT held_by FROM s$partitions", "materialized view m");
        restart();
        assertEquals(before, rows("SELECT * FROM m"));
        assertEquals(before, rows("SELECT COUNT(*), MIN(id) FROM s"));
    }

    @Test
    void anEndlessQueryHoldsRowsForItsFirstAnswerOnly() {
        done("CREATE STREAM s (id INT NOT NULL, pad VARCHAR) WITH ('retention' = '1 h')");
        insert(0, ROWS);
        ProtocolClient follower = InProcessClient.connect(server);
        follower.start("SELECT id + 1000000 AS id FROM s EMIT CHANGES");
        awaitRow(follower, 1_000_000 + ROWS - 1);
        laterMicros.addAndGet(TimeUnit.HOURS.toMicros(2));
        await("SELECT start_offset > 0 AND held_by IS NULL FROM s$partitions", "1");
        insert(ROWS, ROWS + 1);
        awaitRow(follower, 1_000_000 + ROWS);
        follower.close();
    }

    private static void awaitRow(ProtocolClient client, int id) {
        String heard = client.next();
        while (!heard.contains(String.valueOf(id))) {
            assertFalse(heard.startsWith("failed"), heard);
            heard = client.next();
        }
    }

    @Test
    void aStreamKeepsSoManyBytesAndChangesItsMind() {
        done("CREATE STREAM s (id INT NOT NULL, pad VARCHAR)");
        insert(0, ROWS);
        String all = rows("SELECT bytes FROM s$partitions").get(0);
        assertTrue(Long.parseLong(all) > 10_000, all);
        done("ALTER STREAM s SET ('retention.bytes' = '6 KiB')");
        await("SELECT start_offset > 0 AND bytes BETWEEN 6144 AND 6144 + 2048 FROM s$partitions", "1");
        done("ALTER STREAM s RESET ('retention.bytes')");
        List<String> left = rows("SELECT COUNT(*), MIN(id) FROM s");
        insert(ROWS, 2 * ROWS);
        restart();
        String[] counts = left.get(0).split(" \\| ");
        assertEquals(
                List.of(Integer.parseInt(counts[0]) + ROWS + " | " + counts[1]),
                rows("SELECT COUNT(*), MIN(id) FROM s"));
    }

    @Test
    void aTableIsTheSameAfterItsLogWasCompacted() {
        done("CREATE TABLE s (id INT NOT NULL, pad VARCHAR, PRIMARY KEY (id)) WITH ('compaction.lag' = '1 s')");
        done("CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n, SUM(CHAR_LENGTH(pad)) AS pads FROM s");
        for (int turn = 0; turn < 12; turn++) {
            insert(0, 10);
            laterMicros.addAndGet(TimeUnit.SECONDS.toMicros(2));
        }
        done("INSERT INTO s VALUES (3, 'three')");
        laterMicros.addAndGet(TimeUnit.SECONDS.toMicros(2));
        done("INSERT INTO s VALUES (4, 'four')");
        List<String> table = rows("SELECT * FROM s ORDER BY id");
        List<String> view = rows("SELECT * FROM m");
        assertEquals(List.of("10 | " + (8 * PADDING.length() + 9)), view);
        String appended =
                rows("SELECT value FROM sys.metrics WHERE name = 'log.bytes'").get(0);
        // Most of the 122 changes go from the disk.
        await("SELECT bytes * 2 < " + appended + " FROM sys.partitions WHERE relation = 's'", "1");
        await("SELECT value > 3 FROM sys.metrics WHERE name = 'log.compacted_segments'", "1");
        assertEquals(table, rows("SELECT * FROM s ORDER BY id"));
        restart();
        assertEquals(table, rows("SELECT * FROM s ORDER BY id"));
        assertEquals(view, rows("SELECT * FROM m"));
    }

    @Test
    void oneLivingRowDoesNotKeepTheDeadOnesOfItsBlock() {
        done(
                "CREATE TABLE s (id INT NOT NULL, turn INT, pad VARCHAR, PRIMARY KEY (id)) WITH ('compaction.lag' = '1 s')");
        done("CREATE MATERIALIZED VIEW m AS SELECT COUNT(*) AS n, SUM(turn) AS turns FROM s");
        for (int turn = 0; turn < 40; turn++) {
            StringBuilder rows = new StringBuilder("(" + (100 + turn) + ", " + turn + ", 'kept')");
            for (int id = 0; id < 20; id++) {
                rows.append(", (").append(id).append(", ").append(turn).append(", '");
                rows.append(id).append(PADDING).append(turn).append("')");
            }
            done("INSERT INTO s VALUES " + rows);
            laterMicros.addAndGet(TimeUnit.SECONDS.toMicros(2));
        }
        List<String> table = rows("SELECT * FROM s ORDER BY id");
        assertEquals(60, table.size());
        // Of 21 rows in each of 40 blocks one is alive in the end, but for the newest blocks.
        String appended =
                rows("SELECT value FROM sys.metrics WHERE name = 'log.bytes'").get(0);
        await("SELECT bytes * 4 < " + appended + " FROM sys.partitions WHERE relation = 's'", "1");
        assertEquals(table, rows("SELECT * FROM s ORDER BY id"));
        restart();
        assertEquals(table, rows("SELECT * FROM s ORDER BY id"));
        assertEquals(List.of("60 | " + (39 * 20 + 39 * 40 / 2)), rows("SELECT * FROM m"));
        done("INSERT INTO s VALUES (100, 1000, 'changed')");
        done("INSERT INTO s VALUES (101, 1000, 'changed')");
        assertEquals(List.of("60 | " + (39 * 20 + 39 * 40 / 2 + 2000 - 1)), rows("SELECT * FROM m"));
    }
}
