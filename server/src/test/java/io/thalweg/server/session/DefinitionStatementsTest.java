package io.thalweg.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.server.embedded.EmbeddedProvider;
import io.thalweg.wire.link.EmbeddedEngine;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CREATE accepts, how SHOW CREATE writes it, and where a refusal points. */
@Timeout(120)
class DefinitionStatementsTest {
    private final EmbeddedEngine engine = new EmbeddedProvider().open(Optional.empty(), Map.of());
    private final ProtocolClient client = new ProtocolClient(engine::connect).hello(Map.of());

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    private static final String ORDERS = """
            CREATE STREAM orders (
              order_id BIGINT NOT NULL COMMENT 'given by the shop',
              customer VARCHAR(20),
              amount DECIMAL(12, 2) DEFAULT 0,
              ts TIMESTAMP(3),
              part INTEGER METADATA FROM 'partition' VIRTUAL,
              cents BIGINT GENERATED ALWAYS AS (CAST(amount * 100 AS BIGINT)) VIRTUAL,
              WATERMARK FOR ts AS ts - INTERVAL '5400' SECOND(4)
            )
            COMMENT 'it''s ours'
            DISTRIBUTED BY HASH (customer) INTO 8 PARTITIONS
            WITH ('durability' = 'os')""";

    private static final String CUSTOMERS = """
            CREATE TABLE customers (
              name VARCHAR NOT NULL,
              "order" DATE,
              PRIMARY KEY (name)
            )""";

    private static final String PER_CUSTOMER = """
            CREATE MATERIALIZED VIEW per_customer (customer, orders) COMMENT 'kept' AS
            SELECT customer, COUNT(*) FROM orders GROUP BY customer""";

    /** The answer of SHOW CREATE without header and end. */
    private String shown(String name) {
        String answer = client.execute("SHOW CREATE " + name);
        return answer.substring(answer.indexOf('\n') + 1, answer.lastIndexOf("\ncompleted"));
    }

    @Test
    void showCreateWritesWhatMakesTheSameObjectAgain() {
        for (String statement : new String[] {ORDERS, CUSTOMERS, PER_CUSTOMER.replace(" COMMENT 'kept'", "")}) {
            String created = client.execute(statement);
            assertTrue(created.startsWith("completed"), created);
        }
        assertEquals(ORDERS, shown("orders"));
        assertEquals(CUSTOMERS, shown("customers"));
        assertEquals(PER_CUSTOMER.replace(" COMMENT 'kept'", ""), shown("per_customer"));
    }

    @Test
    void aColumnLeftOutHasItsDefaultAndAGeneratedOneItsExpression() {
        client.execute(ORDERS);
        client.execute("INSERT INTO orders (order_id, customer) VALUES (1, 'x')");
        client.execute("INSERT INTO orders (customer, order_id, amount) VALUES ('x', 2, 3.5)");
        assertEquals("""
                header (order_id BIGINT NOT NULL, amount DECIMAL(12, 2), cents BIGINT)
                1 | 0 | 0
                2 | 350 | 350
                completed -1\s
                """, client.execute("SELECT order_id, amount, cents FROM orders$late ORDER BY order_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE STREAM x (a INT, a VARCHAR) | 42701 column a is declared twice at 1:25",
                "CREATE STREAM x (a INT DEFAULT b) | 42703 column b does not exist at 1:32",
                "CREATE STREAM x (a INT, b AS c + 1) | 42703 column c does not exist at 1:30",
                "CREATE STREAM x (a BIGINT METADATA FROM 'size') | 42704 metadata 'size' does not exist at 1:18"
                        + " (Metadata: partition, offset, timestamp.)",
                "CREATE STREAM x (a INT, b VARCHAR METADATA FROM 'partition')"
                        + " | 42804 metadata 'partition' is INTEGER, not VARCHAR at 1:27",
                "CREATE STREAM x (b BIGINT METADATA FROM 'offset') | 42P16 the stream has no stored column",
                "CREATE STREAM x (a TIMESTAMP(3), WATERMARK FOR b AS b) | 42703 column b of the WATERMARK does not exist"
                        + " at 1:48",
                "CREATE STREAM x (a INT) DISTRIBUTED BY HASH (z) INTO 2 PARTITIONS"
                        + " | 42703 column z of the distribution does not exist at 1:46",
                "CREATE STREAM x (a INT) INTO 0 PARTITIONS | 22023 0 partitions are outside 1 to 1024 at 1:25",
                "CREATE STREAM x (a INT) WITH ('durability' = 'perhaps')"
                        + " | 22023 option 'durability' cannot be 'perhaps' at 1:46 (Possible: sync or os.)",
                "CREATE OR REPLACE STREAM x (a INT) | 0A000 CREATE OR REPLACE STREAM is not supported at 1:1"
                        + " (Drop it first, or use IF NOT EXISTS. OR REPLACE works for views and materialized views.)",
                "CREATE TABLE x (a INT NULL PRIMARY KEY) | 42P16 column a is in the primary key and cannot be NULL at 1:19",
                "CREATE TABLE x (a INT, PRIMARY KEY (b)) | 42703 column b of the primary key does not exist at 1:37",
                "CREATE TABLE x (a INT PRIMARY KEY, b INT) DISTRIBUTED BY HASH (b) INTO 2 PARTITIONS"
                        + " | 42P16 a table is distributed by its primary key and nothing else at 1:43",
                "CREATE VIEW x (a, b) AS SELECT 1 | 42P16 the view names 2 columns, its query has 1 at 1:16",
                "CREATE VIEW x AS SELECT 1 AS a, 2 AS a | 42701 the view has two columns a at 1:18"
                        + " (Give one of them another name with AS.)",
                "CREATE VIEW x AS SELECT 1 AS a EMIT CHANGES | 42P16 the query of a view has no EMIT clause at 1:18"
                        + " (Whoever reads the view says EMIT CHANGES.)",
                "CREATE MATERIALIZED VIEW x AS SELECT nothing FROM x"
                        + " | 42P01 table, stream or view x does not exist at 1:51",
                "CREATE STREAM sys.x (a INT) | 42939 schema sys belongs to the system and takes no new objects at 1:15",
                "CREATE STREAM __x (a INT) | 42939 name __x is reserved for the system at 1:15"
                        + " (Names that start with \"__\" or contain \"$\" belong to the system.)",
                "CREATE STREAM other.public.x (a INT) | 42P01 catalog other does not exist at 1:15"
                        + " (There is one catalog, thalweg: write schema.name or name.)",
            })
    void refusesWithThePlaceOfTheMistake(String statement, String failure) {
        assertEquals("failed QUERY " + failure + "\n", client.execute(statement));
        assertEquals(
                "header (name VARCHAR NOT NULL)\ncompleted -1 \n",
                client.execute(
                        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    /** The names of columns in an INSERT, each with its own place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO c (a, nothing) VALUES (1, 2) | 42703 column nothing does not exist in stream c at 1:19",
                "INSERT INTO c (a, b, a) VALUES (1, 2, 3) | 42701 column a is named twice at 1:22",
                "INSERT INTO c (a, g) VALUES (1, 2) | 42000 column g of stream c is not stored and takes no values"
                        + " at 1:19",
            })
    void pointsAtTheColumnThatAnInsertNames(String statement, String failure) {
        client.execute("CREATE STREAM c (a INT, b INT, g INT GENERATED ALWAYS AS (a + b) VIRTUAL)");
        assertEquals("failed QUERY " + failure + "\n", client.execute(statement));
    }

    @Test
    void theTimeOfAppendingIsAColumnIfWanted() {
        client.execute("CREATE STREAM at (a INT, added TIMESTAMP(6) WITH LOCAL TIME ZONE METADATA FROM 'timestamp')");
        client.execute("INSERT INTO at VALUES (1)");
        client.execute("INSERT INTO at VALUES (2)");
        String times = "SELECT added FROM at ORDER BY a";
        String first = client.execute(times);
        assertEquals(first, client.execute(times), "it is stored");
        String[] lines = first.split("\n");
        assertTrue(Long.parseLong(lines[1]) <= Long.parseLong(lines[2]), first);
        assertTrue(Long.parseLong(lines[1]) > 1_700_000_000_000_000L, first);
    }

    @Test
    void aFailedViewLeavesNothingBehind() {
        String failed = client.execute("CREATE MATERIALIZED VIEW broken AS SELECT 1 / 0 AS x");
        assertTrue(failed.startsWith("failed QUERY 22012 division by zero"), failed);
        assertTrue(client.execute("CREATE VIEW broken AS SELECT 1 AS x").startsWith("completed"));
    }

    @Test
    void aReplacedViewIsSeenByStatementsPreparedBefore() {
        client.execute("CREATE VIEW v AS SELECT 1 AS a");
        assertEquals("header (a INTEGER NOT NULL)\n1\ncompleted -1 \n", client.execute("SELECT * FROM v"));
        assertEquals("completed -1 replaced view v\n", client.execute("CREATE OR REPLACE VIEW v AS SELECT 2 AS b"));
        assertEquals("header (b INTEGER NOT NULL)\n2\ncompleted -1 \n", client.execute("SELECT * FROM v"));
        assertTrue(client.execute("CREATE OR REPLACE VIEW v AS SELECT * FROM v").contains("defined by itself"));
    }
}
