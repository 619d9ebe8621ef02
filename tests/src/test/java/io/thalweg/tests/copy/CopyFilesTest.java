package io.thalweg.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What COPY writes is what COPY reads, and what DuckDB writes and reads. */
class CopyFilesTest {
    private static final int ROWS = Integer.getInteger("thalweg.copy.rows", 3_000);
    /** Of types that both databases write in the same way. */
    private static final String SHARED_COLUMNS =
            "id BIGINT, bool BOOLEAN, int_ INTEGER, double_ DOUBLE, dec DECIMAL(9, 2), wide DECIMAL(38, 10), text VARCHAR,"
                    + " day DATE, local TIMESTAMP(6)";

    private static final String SHARED_NAMES = "id, bool, int_, double_, dec, wide, text, day, local";
    private static final String DUCKDB_TYPES =
            "{id: 'BIGINT', bool: 'BOOLEAN', int_: 'INTEGER', double_: 'DOUBLE', dec: 'DECIMAL(9, 2)',"
                    + " wide: 'DECIMAL(38, 10)', text: 'VARCHAR', day: 'DATE', local: 'TIMESTAMP'}";

    @TempDir
    Path files;

    private Connection connection;
    private Connection duckDb;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:thalweg:embedded:?engine.files=" + files);
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        duckDb.close();
    }

    private void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    private static void execute(Connection where, String sql) throws SQLException {
        try (Statement statement = where.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result);
        }
    }

    /** Shows the first row that differs, not all. */
    private static void assertSame(List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i));
        }
        assertEquals(expected.size(), actual.size());
    }

    private void fill(String test) throws SQLException {
        execute("CREATE STREAM source (" + RandomValues.COLUMNS + ") INTO 3 PARTITIONS");
        new RandomValues(new Random(Seeds.of(test))).insert(connection, "source", ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "tsv", "csv.gz", "json.gz"})
    void readsWhatItHasWritten(String ending) throws SQLException {
        fill("CopyFilesTest.readsWhatItHasWritten");
        execute("CREATE STREAM target (" + RandomValues.COLUMNS + ")");
        execute("COPY source TO 'all." + ending + "'");
        execute("COPY target FROM 'all." + ending + "'");
        assertSame(rows("SELECT * FROM source ORDER BY id"), rows("SELECT * FROM target ORDER BY id"));
    }

    @Test
    void readsCsvOfAnotherDialect() throws SQLException {
        fill("CopyFilesTest.readsCsvOfAnotherDialect");
        execute("CREATE STREAM target (" + RandomValues.COLUMNS + ")");
        String dialect = " WITH (format = 'csv', header = false, delimiter = '|', quote = '''', 'null' = 'nil')";
        execute("COPY source TO 'all'" + dialect);
        execute("COPY target FROM 'all'" + dialect);
        assertSame(rows("SELECT * FROM source ORDER BY id"), rows("SELECT * FROM target ORDER BY id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    void duckDbReadsWhatWasWritten(String ending) throws SQLException {
        fill("CopyFilesTest.duckDbReadsWhatWasWritten");
        // DuckDB reads a JSON number as a DOUBLE first, which has no 38 digits, and writes -0.0 and 0.0 as one of them.
        String names = ending.equals("json") ? SHARED_NAMES.replace("wide, ", "") : SHARED_NAMES;
        execute("COPY (SELECT " + names
                + " FROM source WHERE double_ IS NULL OR double_ < 1e300 AND double_ <> 0) TO 'ours." + ending + "'");
        execute(duckDb, "CREATE TABLE theirs AS SELECT * FROM " + duckDbReader(ending, "ours." + ending));
        // By way of a file of DuckDB's own, so that its values are compared and not its words for them.
        execute(duckDb, "COPY theirs TO '" + files.resolve("theirs." + ending) + "'");
        execute("CREATE STREAM back (" + SHARED_COLUMNS + ")");
        execute("COPY back FROM 'theirs." + ending + "'");
        assertSame(
                rows("SELECT " + names
                        + " FROM source WHERE double_ IS NULL OR double_ < 1e300 AND double_ <> 0 ORDER BY id"),
                rows("SELECT " + names + " FROM back ORDER BY id"));
    }

    private String duckDbReader(String ending, String name) {
        String file = "'" + files.resolve(name) + "'";
        return switch (ending) {
            case "csv" ->
                "read_csv(" + file + ", header = true, auto_detect = false, delim = ',', quote = '\"',"
                        + " escape = '\"', allow_quoted_nulls = false, columns = " + DUCKDB_TYPES + ")";
            case "json" -> "read_json(" + file + ", columns = " + DUCKDB_TYPES + ")";
            default -> "read_parquet(" + file + ")";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
    void readsParquetOfDuckDb(String codec) throws SQLException {
        String file = files.resolve("theirs.parquet").toString();
        execute(
                duckDb,
                "CREATE TABLE theirs AS SELECT i AS id, (i % 100)::TINYINT AS tiny, i::UINTEGER AS unsigned_,"
                        + " (i / 4)::FLOAT AS real_, i::DECIMAL(4, 1) AS small, (i * 1.5)::DECIMAL(30, 3) AS wide,"
                        + " CASE WHEN i % 3 > 0 THEN 'text ' || i % 7 END AS text, ('bytes' || i)::BLOB AS bin,"
                        + " DATE '1969-12-25' + i::INTEGER AS day, TIME '10:00:00.5' AS clock,"
                        + " TIMESTAMP_NS '1969-12-31 23:59:59.999999' AS nanos, TIMESTAMP_MS '2026-01-01 10:00:00.5' AS millis,"
                        + " [i] AS list, i % 2 = 0 AS even FROM range(900) AS t (i)");
        execute(duckDb, "COPY theirs TO '" + file + "' (FORMAT parquet, CODEC '" + codec + "', ROW_GROUP_SIZE 200)");
        execute("CREATE STREAM ours (id BIGINT, tiny TINYINT, unsigned_ BIGINT, real_ REAL, small DECIMAL(9, 2),"
                + " wide DECIMAL(38, 4), text VARCHAR, bin VARBINARY, day DATE, clock TIME(1), nanos TIMESTAMP(6),"
                + " millis VARCHAR, even BOOLEAN)");
        execute("COPY ours (id, tiny, unsigned_, real_, small, wide, text, bin, day, clock, nanos, millis, even)"
                + " FROM 'theirs.parquet'");
        String digest = "SELECT COUNT(*), SUM(id), SUM(tiny), SUM(unsigned_), SUM(real_), SUM(small), SUM(wide),"
                + " COUNT(text), MIN(text), MAX(day), MIN(day) FROM ";
        assertEquals(
                List.of("900 | 404550 | 44550 | 404550 | 101137.5 | 404550.00 | 606825.0000 | 600 | text 0 | 1972-06-11"
                        + " | 1969-12-25"),
                rows(digest + "ours"));
        assertEquals(
                List.of(
                        "62797465733535 | 10:00:00.5 | 1969-12-31 23:59:59.999999 | 2026-01-01 10:00:00.500000 | false"),
                rows("SELECT bin, clock, nanos, millis, even FROM ours WHERE id = 55"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY some FROM 'large.csv'", "COPY large TO 'out.csv'"})
    @Timeout(120)
    void canBeCancelled(String copy) throws Exception {
        execute(duckDb, "COPY (SELECT i AS x FROM range(3000000) AS t (i)) TO '" + files.resolve("large.csv") + "'");
        execute("CREATE STREAM some (x BIGINT)");
        execute("CREATE STREAM large (x BIGINT)");
        execute("COPY large FROM 'large.csv'");
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(
                    () -> assertThrows(SQLException.class, () -> statement.execute(copy)));
            // Before it has begun there is nothing to cancel, so it is tried again.
            while (!failure.isDone()) {
                statement.cancel();
                Thread.onSpinWait();
            }
            assertEquals("57014", failure.join().getSQLState(), failure.join().getMessage());
        }
        assertFalse(Files.exists(files.resolve("out.csv")));
        try (Stream<Path> left = Files.list(files)) {
            assertEquals(List.of(files.resolve("large.csv")), left.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    void readsManyRowsOfDuckDb(String ending) throws SQLException {
        String file = files.resolve("many." + ending).toString();
        execute(
                duckDb,
                "CREATE TABLE many AS SELECT i AS id, 'text ' || i % 17 || chr(10) || '\"' AS text, i / 7.0 AS part"
                        + " FROM range(100000) AS t (i)");
        execute(duckDb, "COPY many TO '" + file + "'");
        execute(
                "CREATE STREAM many (id BIGINT, text VARCHAR, part DOUBLE) DISTRIBUTED BY HASH (text) INTO 4 PARTITIONS");
        execute("COPY many FROM 'many." + ending + "'");
        try (Statement statement = duckDb.createStatement();
                ResultSet expected =
                        statement.executeQuery("SELECT COUNT(*), SUM(id), COUNT(DISTINCT text), MAX(part) FROM many")) {
            assertEquals(
                    ResultText.all(expected),
                    rows("SELECT COUNT(*), SUM(id), COUNT(DISTINCT text), MAX(part) FROM many"));
        }
    }
}
