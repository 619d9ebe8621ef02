package io.thalweg.tests.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Scalar functions over extreme and random arguments give what DuckDB's give. Where the two do not agree the case says on
 * which rows, and why. A row in which one fails is one in which the other has to fail.
 *
 * <p>{@code -Dthalweg.functions.rows=5000} takes more rows.
 */
class FunctionOracleTest {
    private static final int ROWS = Integer.getInteger("thalweg.functions.rows", 24);
    private static final int SHOWN = 3;
    private static final MathContext DIGITS = new MathContext(11);
    private static final String ERROR = "error";

    @Test
    void functionsGiveWhatOthersGive() throws Exception {
        List<List<Object>> rows = new FunctionArguments(new Random(Seeds.fixed("FunctionOracleTest"))).rows(ROWS);
        List<String> differences = new ArrayList<>();
        try (Connection ours = DriverManager.getConnection("jdbc:thalweg:embedded:");
                Connection theirs = DriverManager.getConnection("jdbc:duckdb:")) {
            FunctionArguments.load(ours, "STREAM", rows);
            FunctionArguments.load(theirs, "TABLE", rows);
            for (FunctionCase function : FunctionCase.all()) {
                compare(function, ours, theirs, rows, differences);
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    private static void compare(
            FunctionCase function,
            Connection ours,
            Connection theirs,
            List<List<Object>> rows,
            List<String> differences)
            throws SQLException {
        Map<Integer, String> actual = values(ours, function.ours(), function.condition());
        Map<Integer, String> expected = values(theirs, function.theirs(), function.condition());
        if (expected.isEmpty()) {
            differences.add(function.ours() + ": no row meets the condition " + function.condition());
        }
        int shown = 0;
        for (Map.Entry<Integer, String> row : expected.entrySet()) {
            String value = actual.get(row.getKey());
            if (!row.getValue().equals(value) && shown++ < SHOWN) {
                differences.add(function.ours() + " is " + value + " and not " + row.getValue() + " over "
                        + rows.get(row.getKey()));
            }
        }
    }

    /** The value of each row. If some row makes the query fail, each is asked for by itself. */
    private static Map<Integer, String> values(Connection connection, String expression, String condition)
            throws SQLException {
        Map<Integer, String> values = new LinkedHashMap<>();
        List<Integer> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("SELECT id FROM args WHERE " + condition + " ORDER BY id")) {
                while (result.next()) {
                    ids.add(result.getInt(1));
                }
            }
            try (ResultSet result =
                    statement.executeQuery("SELECT id, " + expression + " FROM args WHERE " + condition)) {
                while (result.next()) {
                    values.put(result.getInt(1), text(result.getObject(2)));
                }
            } catch (SQLException failed) {
                values.clear();
                for (int id : ids) {
                    values.put(id, value(connection, expression, id));
                }
            }
        }
        return values;
    }

    private static String value(Connection connection, String expression, int id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + expression + " FROM args WHERE id = " + id)) {
            result.next();
            return text(result.getObject(1));
        } catch (SQLException failed) {
            boolean planning = "42".equals(String.valueOf(failed.getSQLState()).substring(0, 2))
                    || String.valueOf(failed.getMessage()).contains("Binder Error")
                    || String.valueOf(failed.getMessage()).contains("Catalog Error")
                    || String.valueOf(failed.getMessage()).contains("Parser Error");
            if (planning) {
                throw new SQLException(expression + ": " + failed.getMessage(), failed);
            }
            return ERROR;
        }
    }

    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number)
                    ? ERROR
                    : plain(new BigDecimal(number).round(DIGITS));
        }
        if (value instanceof Number) {
            return plain(new BigDecimal(value.toString()));
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        if (value instanceof Time time) {
            return time.toLocalTime().toString();
        }
        return String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
}
