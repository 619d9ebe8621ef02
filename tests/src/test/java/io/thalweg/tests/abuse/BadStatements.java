package io.thalweg.tests.abuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Statements that must fail, and statements that are correct, for breaking. */
final class BadStatements {
    private static final int MANY = 20_000;
    private static final Path FILE = Path.of("src/test/resources/abuse/bad-statements.txt");

    /** What every statement may refer to. */
    static final List<String> SCHEMA = List.of(
            "CREATE STREAM s (id BIGINT NOT NULL, k INT, v BIGINT, t VARCHAR(20), ts TIMESTAMP(3),"
                    + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)",
            "CREATE TABLE p (k INT NOT NULL, name VARCHAR, PRIMARY KEY (k))",
            "CREATE VIEW plain AS SELECT k, v FROM s WHERE v > 0",
            "CREATE MATERIALIZED VIEW m AS SELECT k, COUNT(*) AS n FROM s GROUP BY k",
            "INSERT INTO s VALUES (1, 1, 10, 'one', '2026-01-01 00:00:00'), (2, NULL, 0, '', NULL)",
            "INSERT INTO p VALUES (1, 'one'), (2, NULL)");

    /** Correct ones, a few of each kind. */
    static final List<String> GOOD = List.of(
            "SELECT id, k + 1 AS a, UPPER(t) FROM s WHERE v > 5 AND t LIKE 'o%' ORDER BY id DESC LIMIT 3",
            "SELECT k, COUNT(*) AS c, SUM(v) FROM s GROUP BY k HAVING COUNT(*) > 0",
            "SELECT s.id, p.name FROM s JOIN p ON s.k = p.k WHERE p.name IS NOT NULL",
            "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                    + " GROUP BY window_start, window_end",
            "SELECT CASE WHEN k = 1 THEN 'a' ELSE 'b' END, CAST(v AS VARCHAR), COALESCE(t, 'x') FROM s",
            "SELECT id FROM s UNION ALL SELECT k FROM p",
            "WITH x AS (SELECT k FROM s) SELECT DISTINCT k FROM x",
            "INSERT INTO s (id, k) VALUES (3, 4), (5, 6)",
            "INSERT INTO p SELECT 7, 'seven'",
            "CREATE OR REPLACE VIEW plain AS SELECT k, v FROM s WHERE v > 0",
            "CREATE STREAM IF NOT EXISTS s (id DECIMAL(10, 2) DEFAULT 0, t VARCHAR COMMENT 'x') INTO 2 PARTITIONS",
            "SHOW STREAMS LIKE 's%'",
            "DESCRIBE s",
            "EXPLAIN SELECT k, MAX(v) FROM s GROUP BY k",
            "SET query_timeout = '10 s'");

    private BadStatements() {}

    /** Statements that must fail, whatever their reason. */
    static List<String> all() throws IOException {
        List<String> bad = new ArrayList<>(List.of("", " ", "\n", "SELECT \u0000", "SELECT \uD800"));
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("#")) {
                bad.add(line);
            }
        }
        bad.addAll(bombs());
        return bad;
    }

    /** Short to say, and too much to do. */
    private static List<String> bombs() {
        return List.of(
                "SELECT " + "(".repeat(MANY) + "1" + ")".repeat(MANY),
                "SELECT " + "(".repeat(MANY),
                "SELECT " + ")".repeat(MANY),
                "SELECT " + "NOT ".repeat(MANY) + "TRUE",
                "SELECT " + "- ".repeat(MANY) + "1",
                "SELECT " + "ABS(".repeat(MANY) + "1" + ")".repeat(MANY),
                "SELECT " + "CASE WHEN TRUE THEN ".repeat(MANY) + "1" + " END".repeat(MANY),
                "SELECT 1" + " + 1".repeat(MANY),
                "SELECT 'a'" + " || 'a'".repeat(MANY),
                "SELECT 1 WHERE 1 = 1" + " OR 1 = 1".repeat(MANY),
                "SELECT * FROM " + "(SELECT * FROM ".repeat(MANY) + "s" + ")".repeat(MANY),
                "SELECT 1" + " UNION ALL SELECT 1".repeat(MANY),
                "SELECT * FROM s AS x0" + " JOIN s ON TRUE".repeat(MANY),
                "SELECT 1 IN (" + "1, ".repeat(MANY) + "1)",
                "CREATE STREAM x (a " + "ARRAY<".repeat(MANY) + "INT" + ">".repeat(MANY) + ")",
                "SELECT '" + "x".repeat(20_000_000) + "'",
                "SELECT " + "x".repeat(100_000),
                "SELECT \"" + "x".repeat(100_000) + "\" FROM s",
                "SELECT " + "9".repeat(100_000),
                "/*".repeat(MANY));
    }
}
