package io.thalweg.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.server.embedded.EmbeddedProvider;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Prepare;
import io.thalweg.wire.message.RowBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements whose objects are dropped and made again under them. */
@Timeout(120)
class ChangingCatalogTest {
    private static final int CHANGES = 60;

    private final EmbeddedEngine engine = new EmbeddedProvider().open(Optional.empty(), Map.of());
    private final ProtocolClient client = new ProtocolClient(engine::connect).hello(Map.of());

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    private String executePrepared(int query, int value) {
        DeltaBatchBuilder row = new DeltaBatchBuilder(RowType.of("a", SqlType.INTEGER));
        row.column(0).appendInt(value);
        row.endRow();
        client.send(new ExecutePrepared(query, 7, RowBlock.of(row.build()), ExecuteOptions.DEFAULT));
        return client.untilEnd();
    }

    @Test
    void aPreparedInsertGoesIntoTheObjectThatHasTheNameNow() {
        client.execute("CREATE STREAM p (a INT)");
        client.send(new Prepare(7, "INSERT INTO p VALUES (?)"));
        assertEquals("prepared INSERT [INTEGER]", client.next());
        assertEquals("completed 1 inserted 1 row\n", executePrepared(101, 1));

        client.execute("DROP STREAM p");
        String missing = executePrepared(102, 2);
        assertTrue(missing.startsWith("failed QUERY 42P01 "), missing);

        client.execute("CREATE STREAM p (other INT)");
        assertEquals("completed 1 inserted 1 row\n", executePrepared(103, 3));
        assertEquals("header (other INTEGER)\n3\ncompleted -1 \n", client.execute("SELECT * FROM p"));

        client.execute("DROP STREAM p");
        client.execute("CREATE STREAM p (a VARCHAR)");
        String changed = executePrepared(104, 4);
        assertTrue(changed.startsWith("failed QUERY 07001 the types of the statement's parameters"), changed);
    }

    @Test
    void aQueryOfTheSameTextReadsTheObjectThatHasTheNameNow() {
        for (int round = 0; round < 3; round++) {
            client.execute("CREATE TABLE k (a INT PRIMARY KEY)");
            client.execute("INSERT INTO k VALUES (" + round + ")");
            client.execute("CREATE MATERIALIZED VIEW n AS SELECT a + 10 AS a FROM k");
            assertEquals(
                    "header (a INTEGER NOT NULL)\n" + (round + 10) + "\ncompleted -1 \n",
                    client.execute("SELECT a FROM n"));
            client.execute("DROP TABLE k CASCADE");
        }
    }

    /** Inserts, queries and DROP … CASCADE at once: each statement ends, in an error that fits or with its answer. */
    @Test
    void everybodyEndsWhileObjectsComeAndGo() throws InterruptedException {
        client.execute("CREATE TABLE kept (a INT PRIMARY KEY)");
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<String> statements = List.of(
                "INSERT INTO s VALUES (1), (2)",
                "SELECT COUNT(*) FROM s",
                "SELECT * FROM m",
                "SELECT kept.a, m.n FROM kept JOIN m ON kept.a = m.a",
                "SELECT s.a FROM s JOIN kept ON kept.a = s.a",
                "INSERT INTO kept SELECT a FROM s",
                "INSERT INTO s SELECT a FROM m",
                "SHOW STREAMS",
                "SELECT * FROM sys.partitions",
                "SELECT * FROM sys.queries");
        Thread[] users = new Thread[3];
        for (int i = 0; i < users.length; i++) {
            long seed = i;
            users[i] = new Thread(() -> use(statements, new Random(seed), over, wrong));
            users[i].start();
        }
        for (int i = 0; i < CHANGES; i++) {
            check(client.execute("CREATE STREAM s (a INT) INTO 2 PARTITIONS"), wrong);
            check(client.execute("CREATE MATERIALIZED VIEW m AS SELECT a, COUNT(*) AS n FROM s GROUP BY a"), wrong);
            check(client.execute("DROP STREAM s CASCADE"), wrong);
        }
        over.set(true);
        for (Thread user : users) {
            user.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        client.execute("INSERT INTO kept VALUES (77)");
        assertEquals(
                "header (a INTEGER NOT NULL)\n77\ncompleted -1 \n", client.execute("SELECT a FROM kept WHERE a = 77"));
        assertEquals(
                "header (n BIGINT NOT NULL)\n1\ncompleted -1 \n",
                client.execute("SELECT COUNT(*) AS n FROM sys.queries"),
                "no query but the one that asks");
    }

    private void use(List<String> statements, Random random, AtomicBoolean over, Queue<String> wrong) {
        try (ProtocolClient user = new ProtocolClient(engine::connect).hello(Map.of())) {
            while (!over.get()) {
                String answer = user.execute(statements.get(random.nextInt(statements.size())));
                if (!answer.contains("failed QUERY 42P01")) {
                    check(answer, wrong);
                }
            }
        } catch (AssertionError silent) {
            wrong.add(String.valueOf(silent));
        }
    }

    private static void check(String answer, Queue<String> wrong) {
        if (answer.contains("failed") || answer.contains("closed")) {
            wrong.add(answer);
        }
    }
}
