package io.thalweg.tests.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The 22 questions of TPC-H are materialized views of empty tables, whose rows then come in random order, change and go. After
 * each phase every view, and the question asked anew, has DuckDB's answer. {@code -Dthalweg.tpch.orders=15000} takes more.
 */
class TpchTest {
    private static final int ORDERS = Integer.getInteger("thalweg.tpch.orders", 400);
    private static final MathContext DIGITS = new MathContext(10);
    private static final Pattern QUESTION = Pattern.compile("-- (q\\d+): [^\n]*\n(.*?);", Pattern.DOTALL);

    private final Random random = new Random(Seeds.of("TpchTest"));
    private Connection thalweg;
    private Connection oracle;
    private Map<String, String> questions;

    @BeforeEach
    void connect() throws SQLException, IOException {
        thalweg = DriverManager.getConnection("jdbc:thalweg:embedded:mem:tpch");
        oracle = DriverManager.getConnection("jdbc:duckdb:");
        questions = questions();
        assertEquals(22, questions.size());
        for (String statement : resource("schema.sql").split(";\\s*")) {
            change(statement);
        }
        for (Map.Entry<String, String> question : questions.entrySet()) {
            execute(thalweg, "CREATE MATERIALIZED VIEW " + question.getKey() + " AS " + question.getValue());
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        thalweg.close();
        oracle.close();
    }

    private static Map<String, String> questions() throws IOException {
        Map<String, String> questions = new LinkedHashMap<>();
        Matcher matcher = QUESTION.matcher(resource("queries.sql"));
        while (matcher.find()) {
            questions.put(matcher.group(1), matcher.group(2));
        }
        return questions;
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = TpchTest.class.getResourceAsStream("/tpch/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersAreThoseOfDuckDbWhileRowsComeAndGo() throws SQLException {
        compare("without rows");
        insertAll(new TpchRows(random, ORDERS).tables());
        int answered = compare("with all rows");
        assertTrue(answered > 15, "only " + answered + " questions have an answer of some rows");
        change("UPDATE lineitem SET l_quantity = l_quantity + 5, l_returnflag = 'R' WHERE l_partkey % 7 = 3");
        change("UPDATE orders SET o_custkey = o_custkey + 1, o_orderstatus = 'F' WHERE o_orderkey % 5 = 0");
        change("UPDATE supplier SET s_nationkey = 7 - s_nationkey WHERE s_suppkey % 3 = 0");
        change("UPDATE partsupp SET ps_supplycost = ps_supplycost * 2 WHERE ps_availqty < 50");
        compare("with changed rows");
        change("DELETE FROM lineitem WHERE l_linenumber = 1 OR l_orderkey % 3 = 0");
        change("DELETE FROM orders WHERE o_orderkey % 3 = 0");
        change("DELETE FROM customer WHERE c_custkey % 4 = 0");
        compare("with fewer rows");
        for (String table : List.of("lineitem", "partsupp", "nation", "orders", "supplier", "part", "customer")) {
            change("DELETE FROM " + table);
        }
        compare("with regions only");
    }

    /** Inserts the rows of all tables, a few of one of them at a time. */
    private void insertAll(Map<String, List<Object[]>> tables) throws SQLException {
        List<Map.Entry<String, List<Object[]>>> pieces = new ArrayList<>();
        tables.forEach((table, rows) -> {
            Collections.shuffle(rows, random);
            int from = 0;
            while (from < rows.size()) {
                int to = Math.min(rows.size(), from + 1 + random.nextInt(Math.max(1, rows.size() / 4)));
                pieces.add(Map.entry(table, rows.subList(from, to)));
                from = to;
            }
        });
        Collections.shuffle(pieces, random);
        for (Map.Entry<String, List<Object[]>> piece : pieces) {
            insert(thalweg, piece.getKey(), piece.getValue());
            insert(oracle, piece.getKey(), piece.getValue());
        }
    }

    private static void insert(Connection connection, String table, List<Object[]> rows) throws SQLException {
        String places = "?" + ", ?".repeat(rows.get(0).length - 1);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void change(String sql) throws SQLException {
        execute(thalweg, sql);
        execute(oracle, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The result is how many questions have an answer of some rows. */
    private int compare(String when) throws SQLException {
        int answered = 0;
        for (Map.Entry<String, String> question : questions.entrySet()) {
            String name = question.getKey() + " " + when;
            List<String> expected = answer(oracle, question.getValue());
            answered += expected.isEmpty() ? 0 : 1;
            assertEquals(expected, answer(thalweg, "SELECT * FROM " + question.getKey()), name + ", the view");
            assertEquals(expected, answer(thalweg, question.getValue()), name + ", asked");
        }
        System.out.println("TpchTest: " + when + " " + answered + " questions have an answer of some rows");
        return answered;
    }

    private static List<String> answer(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : " | ").append(cell(result.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String cell(Object value) {
        if (value instanceof Number) {
            BigDecimal number = new BigDecimal(value.toString());
            BigDecimal rounded = value instanceof Double ? number.round(DIGITS) : number;
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }
}
