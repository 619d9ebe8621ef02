package io.thalweg.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays, maps and rows as objects of JDBC, into the database and out of it. */
class NestedValuesTest {
    @TempDir
    private Path directory;

    @Test
    void givesObjectsOfJdbc() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT ARRAY[1, NULL], ARRAY[ARRAY['a'], ARRAY[]],"
                        + " MAP['k', ROW(1.5, DATE '2026-01-31')], CAST(NULL AS INT ARRAY)")) {
            ResultSetMetaData types = result.getMetaData();
            assertEquals(Types.ARRAY, types.getColumnType(1));
            assertEquals("INTEGER ARRAY", types.getColumnTypeName(1));
            assertEquals("java.sql.Array", types.getColumnClassName(1));
            assertEquals(Types.JAVA_OBJECT, types.getColumnType(3));
            assertTrue(result.next());
            Array array = result.getArray(1);
            assertEquals(Types.INTEGER, array.getBaseType());
            assertArrayEquals(new Integer[] {1, null}, (Integer[]) array.getArray());
            assertArrayEquals(new Object[] {null}, (Object[]) array.getArray(2, 1));
            assertEquals("[1, NULL]", array.toString());
            Object[] nested = result.getObject(2, Object[].class);
            assertArrayEquals(new String[] {"a"}, (String[]) nested[0]);
            Map<?, ?> map = result.getObject(3, Map.class);
            Struct row = (Struct) map.get("k");
            assertArrayEquals(
                    new Object[] {new BigDecimal("1.5"), java.sql.Date.valueOf("2026-01-31")}, row.getAttributes());
            assertEquals("{k=(1.5, 2026-01-31)}", result.getString(3));
            assertNull(result.getArray(4));
        }
    }

    @Test
    void takesObjectsAsParameters() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM s (a INT ARRAY, m MAP<VARCHAR, DECIMAL(6, 2)>, r ROW(x BIGINT, y VARCHAR))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?, ?, ?)")) {
                insert.setArray(1, connection.createArrayOf("INTEGER", new Object[] {3, null, "4"}));
                insert.setObject(2, Map.of("b", 2, "a", "1.5"));
                insert.setObject(3, connection.createStruct("ROW", new Object[] {7, null}));
                insert.addBatch();
                insert.setObject(1, new int[] {});
                insert.setObject(2, Map.of());
                insert.setObject(3, List.of(8L, "x"));
                insert.addBatch();
                insert.executeBatch();
                assertEquals(
                        "42804",
                        assertThrows(SQLException.class, () -> insert.setObject(1, 5))
                                .getSQLState());
                assertEquals(
                        "42804",
                        assertThrows(SQLException.class, () -> insert.setObject(3, List.of(1)))
                                .getSQLState());
            }
            try (ResultSet result = statement.executeQuery("SELECT * FROM s ORDER BY s.r.x")) {
                assertTrue(result.next());
                assertEquals("[3, NULL, 4]", result.getString(1));
                assertEquals("{a=1.50, b=2.00}", result.getString(2));
                assertEquals("(7, NULL)", result.getString(3));
                assertTrue(result.next());
                assertEquals("[]", result.getString(1));
                assertEquals("(8, x)", result.getString(3));
            }
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT s.r.x FROM s WHERE a = CAST(? AS INT ARRAY)")) {
                query.setObject(1, List.of());
                try (ResultSet result = query.executeQuery()) {
                    assertTrue(result.next());
                    assertEquals(8, result.getInt(1));
                }
            }
        }
    }

    @Test
    void keepsRandomValuesOverARestart() throws SQLException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:" + directory)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE STREAM s (id INT, v MAP<INT, ARRAY<ROW(d DOUBLE, t VARCHAR)>>)");
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?, ?)")) {
                for (int id = 0; id < 300; id++) {
                    Map<Integer, Object> value = randomMap(random);
                    insert.setInt(1, id);
                    insert.setObject(2, value);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            expected.addAll(texts(connection));
        }
        assertEquals(300, expected.size());
        try (Connection connection = DriverManager.getConnection("jdbc:thalweg:embedded:" + directory)) {
            assertEquals(expected, texts(connection), "seed " + seed);
        }
    }

    private static Map<Integer, Object> randomMap(Random random) {
        Map<Integer, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Object> rows = new ArrayList<>();
            for (int j = random.nextInt(3); j > 0; j--) {
                String text = "a,b c\0'\u00e4\1".substring(random.nextInt(9));
                rows.add(random.nextInt(5) == 0 ? null : Arrays.asList(random.nextGaussian(), text));
            }
            map.put(random.nextInt(), random.nextInt(5) == 0 ? null : rows);
        }
        return map;
    }

    private static List<String> texts(Connection connection) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, v FROM s ORDER BY id")) {
            while (result.next()) {
                texts.add(result.getInt(1) + " " + result.getString(2) + " "
                        + result.getObject(2, Map.class).keySet());
            }
        }
        return texts;
    }
}
