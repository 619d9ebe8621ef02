package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.metadata.NamePattern;
import io.thalweg.jdbc.twin.TwinServer;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetaDataTest {
    private TwinServer server;
    private Connection connection;
    private DatabaseMetaData metaData;

    @BeforeEach
    void start() throws IOException, SQLException {
        server = TwinServer.start();
        connection = DriverManager.getConnection(server.url());
        metaData = connection.getMetaData();
        answer("SELECT schema_name FROM information_schema.schemata", 1, "public", "sys");
        answer(
                "SELECT table_schema, table_name, object_kind, remarks FROM information_schema.tables",
                4,
                "public",
                "flights",
                "STREAM",
                "all of them",
                "public",
                "airports",
                "TABLE",
                null,
                "public",
                "busy",
                "MATERIALIZED VIEW",
                null,
                "sys",
                "queries",
                "SYSTEM TABLE",
                null);
        answer(
                "SELECT table_schema, table_name, column_name, ordinal_position, data_type, jdbc_type, column_size,"
                        + " numeric_scale, datetime_precision, is_nullable, column_default, remarks, is_generated"
                        + " FROM information_schema.columns",
                13,
                ("public airports code 1 VARCHAR 12 3 - - NO - - NEVER"
                                + " public airports height 2 DECIMAL 3 12 2 - YES 0 metres NEVER"
                                + " public flights seen 1 TIMESTAMP 93 23 - 3 YES - - ALWAYS")
                        .split(" "));
        answer(
                "SELECT table_schema, table_name, column_name, key_sequence, constraint_name"
                        + " FROM information_schema.key_columns",
                5,
                "public airports code 1 pk_airports".split(" "));
    }

    /** Answers a query with columns of text; a minus is NULL. */
    private void answer(String sql, int columns, String... cells) {
        Object[] fields = new Object[2 * columns];
        for (int i = 0; i < columns; i++) {
            fields[2 * i] = "c" + i;
            fields[2 * i + 1] = SqlType.VARCHAR;
        }
        RowType type = RowType.of(fields);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null || cells[i].equals("-")) {
                builder.column(i % columns).appendNull();
            } else {
                builder.column(i % columns).appendText(cells[i]);
            }
            if (i % columns == columns - 1) {
                builder.endRow();
            }
        }
        var batch = builder.build();
        server.scripts().on(sql, query -> query.header(type).rows(batch).complete());
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    @Test
    void tablesAreListedByTypeAndName() throws SQLException {
        String expected = """
                thalweg public busy MATERIALIZED VIEW null null null null null null
                thalweg sys queries SYSTEM TABLE null null null null null null
                thalweg public airports TABLE null null null null null null
                thalweg public flights TABLE stream: all of them null null null null null
                """;
        assertEquals(expected, text(metaData.getTables(null, null, "%", null)));
        assertEquals(
                "thalweg public flights TABLE stream: all of them null null null null null\n",
                text(metaData.getTables("thalweg", "public", "f%", new String[] {"TABLE"})));
        assertEquals("", text(metaData.getTables("other", null, null, null)));
        assertEquals("", text(metaData.getTables(null, null, "DBEAVERFAKETABLENAMEFORPING", null)));
    }

    @Test
    void streamsAreATypeOfTheirOwnOnRequest() throws SQLException {
        try (Connection other = DriverManager.getConnection(server.url() + "?streamsAsTables=false")) {
            assertEquals(
                    "thalweg public flights STREAM all of them null null null null null\n",
                    text(other.getMetaData().getTables(null, null, null, new String[] {"STREAM"})));
            assertTrue(text(other.getMetaData().getTableTypes()).contains("STREAM\n"));
        }
        assertEquals("MATERIALIZED VIEW\nSYSTEM TABLE\nTABLE\nVIEW\n", text(metaData.getTableTypes()));
    }

    @Test
    void columnsAreInTheOrderOfTheTable() throws SQLException {
        assertEquals("""
                thalweg public airports code 12 VARCHAR 3 null null null 0 null null null null 12 1 NO null null null null NO NO
                thalweg public airports height 3 DECIMAL 12 null 2 10 1 metres 0 null null null 2 YES null null null null NO NO
                thalweg public flights seen 93 TIMESTAMP 23 null 3 null 1 null null null null null 1 YES null null null null NO YES
                """, text(metaData.getColumns(null, "public", "%", null)));
        assertEquals("seen", firstOf(metaData.getColumns(null, null, "flights", "s_en"), "COLUMN_NAME"));
    }

    @Test
    void keysSchemasAndCatalogs() throws SQLException {
        assertEquals(
                "thalweg public airports code 1 pk_airports\n",
                text(metaData.getPrimaryKeys(null, "public", "airports")));
        assertEquals("", text(metaData.getPrimaryKeys(null, "public", "flights")));
        assertEquals(
                "thalweg public airports false null pk_airports 3 1 code null 0 0 null\n",
                text(metaData.getIndexInfo(null, null, "airports", true, true)));
        assertEquals("2", firstOf(metaData.getBestRowIdentifier(null, "public", "airports", 2, true), "SCOPE"));
        assertEquals("public thalweg\nsys thalweg\n", text(metaData.getSchemas()));
        assertEquals("sys thalweg\n", text(metaData.getSchemas(null, "s%")));
        assertEquals("thalweg\n", text(metaData.getCatalogs()));
    }

    @Test
    void typesAreListedByNumber() throws SQLException {
        ResultSet types = metaData.getTypeInfo();
        int last = Integer.MIN_VALUE;
        int count = 0;
        while (types.next()) {
            assertTrue(types.getInt("DATA_TYPE") >= last);
            last = types.getInt("DATA_TYPE");
            count++;
        }
        assertEquals(15, count);
    }

    /** As the documentation of {@link DatabaseMetaData} lists them. */
    @Test
    void resultsHaveTheColumnsThatJdbcWants() throws SQLException {
        assertColumns(
                metaData.getTables(null, null, null, null),
                "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                        + " SELF_REFERENCING_COL_NAME REF_GENERATION");
        assertColumns(
                metaData.getColumns(null, null, null, null),
                "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH"
                        + " DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE SQL_DATETIME_SUB"
                        + " CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
                        + " SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
        assertColumns(
                metaData.getTypeInfo(),
                "TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE CASE_SENSITIVE"
                        + " SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT LOCAL_TYPE_NAME MINIMUM_SCALE"
                        + " MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB NUM_PREC_RADIX");
        assertColumns(
                metaData.getIndexInfo(null, null, null, false, false),
                "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE ORDINAL_POSITION"
                        + " COLUMN_NAME ASC_OR_DESC CARDINALITY PAGES FILTER_CONDITION");
        assertColumns(
                metaData.getPrimaryKeys(null, null, null),
                "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME");
        assertColumns(metaData.getSchemas(), "TABLE_SCHEM TABLE_CATALOG");
        assertColumns(metaData.getClientInfoProperties(), "NAME MAX_LEN DEFAULT_VALUE DESCRIPTION");
    }

    @Test
    void productAndVersion() throws SQLException {
        assertEquals("Thalweg", metaData.getDatabaseProductName());
        assertEquals("0.1.0-SNAPSHOT", metaData.getDatabaseProductVersion());
        assertEquals(0, metaData.getDatabaseMajorVersion());
        assertEquals(1, metaData.getDatabaseMinorVersion());
        assertEquals("\"", metaData.getIdentifierQuoteString());
        assertEquals(server.url(), metaData.getURL());
    }

    @Test
    void patternsMatchAsInLike() {
        String[][] cases = {
            {"a%", "abc", "yes"},
            {"%", "", "yes"},
            {"a_c", "abc", "yes"},
            {"a_c", "ac", "no"},
            {"%b%", "abc", "yes"},
            {"a\\_c", "abc", "no"},
            {"a\\_c", "a_c", "yes"},
            {"%a%b", "xaxbxb", "yes"},
            {"abc", "ABC", "no"},
            {"", "", "yes"},
            {"", "a", "no"},
            {"a%\\%", "abc%", "yes"},
            {"a\\", "a\\", "yes"},
            {"%%x", "aax", "yes"},
            {"a%", "b", "no"},
            {null, "anything", "yes"},
        };
        for (String[] expected : cases) {
            assertEquals(
                    expected[2].equals("yes"),
                    new NamePattern(expected[0]).matches(expected[1]),
                    () -> Arrays.toString(expected));
        }
    }

    @Test
    void unwrapFindsTheDriversOwnClasses() throws SQLException {
        assertTrue(connection.isWrapperFor(ThalwegConnection.class));
        assertFalse(connection.isWrapperFor(String.class));
        assertTrue(metaData.getCatalogs().unwrap(ThalwegResultSet.class).step() == 0);
    }

    private static void assertColumns(ResultSet rows, String names) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        StringBuilder actual = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            actual.append(i == 1 ? "" : " ").append(columns.getColumnName(i));
        }
        assertEquals(names, actual.toString());
    }

    private static String firstOf(ResultSet rows, String column) throws SQLException {
        assertTrue(rows.next());
        return rows.getString(column);
    }

    private static String text(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                text.append(i == 1 ? "" : " ").append(rows.getString(i));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
