package io.thalweg.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.Credit;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Ping;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedServerTest {
    private static final String CREATE = "CREATE STREAM events (id BIGINT NOT NULL, name VARCHAR, ts TIMESTAMP(3),"
            + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) COMMENT 'what happens'";

    @TempDir
    private Path directory;

    private final EmbeddedEngine engine = new EmbeddedProvider().open(Optional.empty(), Map.of());
    private final ProtocolClient client = new ProtocolClient(engine::connect).hello(Map.of());

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    private static DeltaBatch events(int from, int count) {
        DeltaBatchBuilder batch = new DeltaBatchBuilder(
                RowType.of("id", SqlType.BIGINT, "name", SqlType.VARCHAR, "ts", SqlType.timestamp(3)));
        for (int i = from; i < from + count; i++) {
            batch.column(0).appendLong(i);
            batch.column(1).appendText("event " + i);
            batch.column(2).appendLong(i * 1_000_000L);
            batch.endRow();
        }
        return batch.build();
    }

    @Test
    void insertsAndReadsBack() {
        assertEquals("completed -1 created stream events\n", client.execute(CREATE));
        assertEquals("""
                prepared INSERT [BIGINT, VARCHAR, TIMESTAMP(3)]
                completed 3 inserted 3 rows
                """, client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 3)));
        assertEquals("""
                header (id BIGINT NOT NULL, name VARCHAR, ts TIMESTAMP(3))
                0 | event 0 | 0
                1 | event 1 | 1000000
                2 | event 2 | 2000000
                completed -1\s
                """, client.execute("SELECT * FROM events"));
    }

    @Test
    void showsWhatThereIs() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 10));
        assertEquals("""
                header (name VARCHAR NOT NULL, partitions INTEGER NOT NULL, rows BIGINT, durability VARCHAR NOT NULL, \
                retention VARCHAR NOT NULL, watermark TIMESTAMP(6), comment VARCHAR)
                events | 1 | 10 | sync | forever | 4000000 | what happens
                completed -1\s
                """, client.execute("SHOW STREAMS"));
        assertEquals("""
                header (column VARCHAR NOT NULL, type VARCHAR NOT NULL, nullable VARCHAR NOT NULL, \
                extra VARCHAR NOT NULL, comment VARCHAR)
                id | BIGINT | NO |  | null
                name | VARCHAR | YES |  | null
                ts | TIMESTAMP(3) | YES | watermark delayed by 5 s | null
                completed -1\s
                """, client.execute("DESCRIBE events"));
        assertEquals("""
                header (statement VARCHAR NOT NULL)
                CREATE STREAM events (
                  id BIGINT NOT NULL,
                  name VARCHAR,
                  ts TIMESTAMP(3),
                  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
                )
                COMMENT 'what happens'
                completed -1\s
                """, client.execute("SHOW CREATE STREAM events"));
        assertEquals("""
                header (max_rows VARCHAR NOT NULL)
                0
                completed -1\s
                """, client.execute("SHOW max_rows"));
    }

    @Test
    void systemTablesAnswerQueries() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 10));
        assertEquals("""
                header (end_offset BIGINT NOT NULL, watermark TIMESTAMP(6))
                10 | 4000000
                completed -1\s
                """, client.execute("SELECT end_offset, watermark FROM events$partitions"));
        assertEquals(
                """
                header (table_name VARCHAR NOT NULL, object_kind VARCHAR NOT NULL)
                events | STREAM
                completed -1\s
                """,
                client.execute(
                        "SELECT table_name, object_kind FROM information_schema.tables WHERE table_schema = 'public'"));
        assertEquals("""
                header (client VARCHAR NOT NULL)
                test
                completed -1\s
                """, client.execute("SELECT client FROM sys.sessions"));
        assertEquals(
                """
                header (value VARCHAR NOT NULL)
                10
                completed -1\s
                """.replace("VARCHAR", "BIGINT"),
                client.execute("SELECT \"value\" FROM sys.metrics WHERE name = 'rows.inserted'"));
    }

    @Test
    void settingsHoldForTheSessionOrOneStatement() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 3));
        assertEquals("completed -1 max_rows is 1\n", client.execute("SET max_rows = 1"));
        assertEquals(
                "header (id BIGINT NOT NULL, name VARCHAR, ts TIMESTAMP(3))\n0 | event 0 | 0\ncompleted -1 \n",
                client.execute("SELECT * FROM events"));
        assertEquals("completed -1 max_rows is 0\n", client.execute("RESET max_rows"));
        client.send(
                new Execute(100, "SHOW query_timeout", new ExecuteOptions(0, 0, 0, 1, Map.of("query_timeout", "5s"))));
        assertEquals("header (query_timeout VARCHAR NOT NULL)\n5 s\ncompleted -1 \n", client.untilEnd());
        assertEquals(
                "failed QUERY 42704 setting colour does not exist at 1:5"
                        + " (Settings: schema, timezone, query_timeout, max_rows, planner_disable, planner_check.)\n",
                client.execute("SET colour = 'red'"));
        assertEquals(
                "failed QUERY 22023 setting timezone cannot be Europe/Berlin at 1:16 (Possible: UTC.)\n",
                client.execute("SET timezone = 'Europe/Berlin'"));
    }

    @Test
    void namesThePlaceOfAMistake() {
        client.execute(CREATE);
        assertEquals("failed QUERY 42P07 stream events exists already at 1:15\n", client.execute(CREATE));
        assertEquals(
                "completed -1 stream events exists already\n",
                client.execute(CREATE.replace("STREAM", "STREAM IF NOT EXISTS")));
        assertEquals("failed QUERY 42P01 table nothing does not exist at 1:12\n", client.execute("DROP TABLE nothing"));
        assertEquals("completed -1 table nothing does not exist\n", client.execute("DROP TABLE IF EXISTS nothing"));
        assertEquals(
                "failed QUERY 42809 events is a stream, not a table at 1:12\n", client.execute("DROP TABLE events"));
        assertEquals(
                "failed QUERY 42939 name x$y is reserved for the system at 1:15"
                        + " (Names that start with \"__\" or contain \"$\" belong to the system.)\n",
                client.execute("CREATE STREAM x$y (a INT)"));
        assertEquals(
                "failed QUERY 42704 a stream has no option 'colour' at 1:32"
                        + " (Known options: durability, retention, retention.bytes, compression, partitions.auto,"
                        + " partitions.min, partitions.max, partitions.split.bytes.per.second,"
                        + " partitions.merge.bytes.per.second, partitions.window, watermark.idle.timeout.)\n",
                client.execute("CREATE STREAM x (a INT)  WITH ('colour' = 'red')"));
        assertEquals(
                "failed QUERY 42P16 table x has no primary key at 1:14"
                        + " (Add PRIMARY KEY (column), or make it a STREAM, which needs none.)\n",
                client.execute("CREATE TABLE x (a INT)"));
        assertEquals(
                "failed QUERY 42809 DELETE is for tables, and rows of stream events are never changed at 1:13"
                        + " (TRUNCATE STREAM events BEFORE TIMESTAMP '…' gives up the oldest rows; a TABLE keeps one row for each key.)\n",
                client.execute("DELETE FROM events"));
    }

    @Test
    void refusesToDropWhatIsReadUnlessAsked() {
        client.execute(CREATE);
        assertEquals(
                "completed -1 created materialized view m\n",
                client.execute("CREATE MATERIALIZED VIEW m AS SELECT * FROM events"));
        assertEquals(
                "failed QUERY 2BP01 stream events cannot be dropped, since it is read by materialized view m at 1:13"
                        + " (DROP … CASCADE drops the readers too.)\n",
                client.execute("DROP STREAM events"));
        assertEquals(
                "completed -1 dropped materialized view m, stream events\n",
                client.execute("DROP STREAM events CASCADE"));
    }

    @Test
    void anEndlessQueryDeliversWhatIsInsertedUntilItIsCancelled() {
        client.execute(CREATE);
        client.send(new Execute(50, "SELECT * FROM events EMIT CHANGES", ExecuteOptions.DEFAULT));
        assertEquals("header (id BIGINT NOT NULL, name VARCHAR, ts TIMESTAMP(3)) endless", client.next());
        try (ProtocolClient other = new ProtocolClient(engine::connect).hello(Map.of())) {
            other.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(7, 1));
            assertEquals("7 | event 7 | 7000000", client.next());
        }
        client.send(new Cancel(50));
        assertEquals("failed QUERY 57014 the query was canceled", client.next());
    }

    @Test
    void aQueryWaitsForCreditAndCloseWakesIt() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 10));
        client.send(new Execute(50, "SELECT * FROM events", new ExecuteOptions(0, 2, 0, 1, Map.of())));
        assertEquals("header (id BIGINT NOT NULL, name VARCHAR, ts TIMESTAMP(3))", client.next());
        assertEquals("0 | event 0 | 0\n1 | event 1 | 1000000", client.next());
        client.send(new Ping(1));
        assertEquals("pong 1", client.next(), "no second frame without credit");
        client.send(new Credit(50, 1));
        assertEquals("2 | event 2 | 2000000\n3 | event 3 | 3000000", client.next());
        client.send(new CloseQuery(50));
        assertEquals("completed -1 ", client.next());
    }

    @Test
    void droppingWhatAQueryReadsEndsItEvenIfItWaitsForCredit() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 10));
        client.send(new Execute(50, "SELECT * FROM events EMIT CHANGES", new ExecuteOptions(0, 2, 0, 1, Map.of())));
        client.next();
        client.next();
        try (ProtocolClient other = new ProtocolClient(engine::connect).hello(Map.of())) {
            assertEquals("completed -1 dropped stream events\n", other.execute("DROP STREAM events"));
        }
        assertTrue(client.next().startsWith("failed QUERY 42P01 stream events was dropped"));
    }

    @Test
    void aTimeoutEndsAQueryThatWaitsForCredit() {
        client.execute(CREATE);
        client.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(0, 10));
        client.send(new Execute(50, "SELECT * FROM events", new ExecuteOptions(0, 1, 100, 1, Map.of())));
        client.next();
        client.next();
        assertEquals("failed QUERY 57014 the query ran longer than its timeout", client.next());
    }

    @Test
    void goodbyeAndCloseEndTheConnection() {
        client.send(new Goodbye());
        assertEquals("closed", client.next());
        ProtocolClient other = new ProtocolClient(engine::connect).hello(Map.of());
        engine.close();
        assertEquals("failed CONNECTION 57P01 the embedded server is shutting down", other.next());
        assertEquals("closed", other.next());
    }

    @Test
    void everythingIsThereAfterARestart() {
        for (int start = 0; start < 3; start++) {
            try (EmbeddedEngine onDisk = new EmbeddedProvider().open(Optional.of(directory.resolve("data")), Map.of());
                    ProtocolClient session = new ProtocolClient(onDisk::connect).hello(Map.of())) {
                if (start == 0) {
                    session.execute(CREATE);
                    session.execute("CREATE MATERIALIZED VIEW m AS SELECT * FROM events");
                    session.execute("CREATE STREAM gone (a INT)");
                    session.execute("DROP STREAM gone");
                }
                session.executePrepared("INSERT INTO events VALUES (?, ?, ?)", events(start, 1));
                String rows = session.execute("SELECT * FROM m");
                assertEquals(start + 3, rows.lines().count(), rows);
            }
        }
    }
}
