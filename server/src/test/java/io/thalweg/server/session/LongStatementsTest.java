package io.thalweg.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.server.embedded.EmbeddedProvider;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that would take minutes: what stops them, and what goes on beside them. */
@Timeout(120)
class LongStatementsTest {
    private static final int ROWS = 60_000;
    /** Counts 3.6 billion pairs. */
    private static final String SLOW = "SELECT COUNT(*) AS n FROM s AS a JOIN s AS b ON a.k = b.k WHERE a.id <> b.id";

    private final EmbeddedEngine engine =
            new EmbeddedProvider().open(Optional.empty(), Map.of("query-memory", "256 MiB"));
    private final ProtocolClient client = new ProtocolClient(engine::connect).hello(Map.of());
    private final ProtocolClient other = new ProtocolClient(engine::connect).hello(Map.of());

    @BeforeEach
    void fill() {
        client.execute("CREATE STREAM s (id BIGINT, k BIGINT)");
        client.execute("CREATE TABLE t (k INT PRIMARY KEY)");
        DeltaBatchBuilder rows = new DeltaBatchBuilder(RowType.of("id", SqlType.BIGINT, "k", SqlType.BIGINT));
        for (int i = 0; i < ROWS; i++) {
            rows.column(0).appendLong(i);
            rows.column(1).appendLong(1);
            rows.endRow();
        }
        client.executePrepared("INSERT INTO s VALUES (?, ?)", rows.build());
    }

    @AfterEach
    void close() {
        client.close();
        other.close();
        engine.close();
    }

    /** Tables answer while a view is built, which is seen to be built, and other changes of the catalog wait in turn. */
    @Test
    void aBuildingViewCanBeCancelledAndHoldsUpNobodyElse() {
        client.send(new Execute(50, "CREATE MATERIALIZED VIEW m AS " + SLOW, ExecuteOptions.DEFAULT));
        String state = "";
        while (!state.contains("BUILDING")) {
            state = other.execute("SELECT state FROM sys.queries WHERE name = 'm'");
        }
        assertEquals("completed 1 inserted 1 row\n", other.execute("INSERT INTO t VALUES (1)"));
        assertEquals("header (k INTEGER NOT NULL)\n1\ncompleted -1 \n", other.execute("SELECT * FROM t"));
        other.send(new Execute(60, "CREATE VIEW w AS SELECT 1 AS a", new ExecuteOptions(0, 0, 100, 1, Map.of())));
        assertEquals("failed QUERY 57014 the query ran longer than its timeout", other.next());
        client.send(new Cancel(50));
        assertEquals("failed QUERY 57014 the query was canceled", client.next());
        assertEquals("completed -1 created view m\n", other.execute("CREATE VIEW m AS SELECT 1 AS a"));
        assertEquals("completed -1 dropped stream s\n", other.execute("DROP STREAM s"));
    }

    @Test
    void aTimeoutEndsWhatTakesLong() {
        client.execute("SET query_timeout = '300 ms'");
        String timeout = "failed QUERY 57014 the query ran longer than its timeout\n";
        assertEquals(timeout, client.execute("CREATE MATERIALIZED VIEW m AS " + SLOW));
        assertEquals(timeout, client.execute("INSERT INTO s (id) " + SLOW));
        client.execute("RESET query_timeout");
        assertEquals(
                "header (n BIGINT NOT NULL)\n" + ROWS + "\ncompleted -1 \n",
                client.execute("SELECT COUNT(*) AS n FROM s"));
    }

    @Test
    void aViewSurvivesTheTimeoutOfItsStatement() {
        client.execute("SET query_timeout = '20 s'");
        assertEquals(
                "completed -1 created materialized view m\n",
                client.execute("CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n FROM s GROUP BY k"));
        client.execute("INSERT INTO s VALUES (1, 1)");
        String rows = client.execute("SELECT n FROM m");
        assertTrue(rows.contains("\n" + (ROWS + 1) + "\n"), rows);
        assertTrue(client.execute("SHOW MATERIALIZED VIEWS").contains("m | RUNNING | 1 |"));
    }

    @Test
    void closingTheServerEndsABuildingView() {
        client.send(new Execute(50, "CREATE MATERIALIZED VIEW m AS " + SLOW, ExecuteOptions.DEFAULT));
        while (!other.execute("SELECT state FROM sys.queries WHERE name = 'm'").contains("BUILDING")) {
            // It begins soon.
        }
        engine.close();
        assertTrue(client.next().startsWith("failed"));
    }

    @Test
    void anInsertOfWideRowsIsCutToWhatTheLogTakes() {
        client.execute("CREATE STREAM wide (id BIGINT, text VARCHAR)");
        client.execute("INSERT INTO wide SELECT id, REPEAT('x', 10000) FROM s WHERE id < 5000");
        assertEquals(
                "header (n BIGINT NOT NULL)\n5000\ncompleted -1 \n", client.execute("SELECT COUNT(*) AS n FROM wide"));
        String tooMuch = client.execute("INSERT INTO wide SELECT id, REPEAT('x', 10000) FROM s");
        assertTrue(tooMuch.startsWith("failed QUERY 53200 the rows to insert need more than the 268435456"), tooMuch);
        assertEquals(
                "header (n BIGINT NOT NULL)\n5000\ncompleted -1 \n", client.execute("SELECT COUNT(*) AS n FROM wide"));
    }

    @Test
    void aFewCharactersDoNotBecomeGigabytes() {
        client.execute("CREATE STREAM padded (c CHAR(1000000))");
        DeltaBatchBuilder rows = new DeltaBatchBuilder(RowType.of("c", SqlType.character(1_000_000)));
        for (int i = 0; i < 5_000; i++) {
            rows.column(0).appendText("x");
            rows.endRow();
        }
        String refused = client.executePrepared("INSERT INTO padded VALUES (?)", rows.build());
        assertTrue(refused.contains("failed QUERY 54000 5000 rows at once are too many for CHAR(1000000)"), refused);
    }

    @Test
    void anInsertReadsTheStreamItWritesOnce() {
        assertEquals(
                "completed " + ROWS + " inserted " + ROWS + " rows\n",
                client.execute("INSERT INTO s SELECT id, k FROM s"));
        assertEquals(
                "header (n BIGINT NOT NULL)\n" + 2 * ROWS + "\ncompleted -1 \n",
                client.execute("SELECT COUNT(*) AS n FROM s"));
    }
}
