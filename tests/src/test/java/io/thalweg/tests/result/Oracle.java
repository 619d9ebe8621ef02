package io.thalweg.tests.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The same rows in another database, in memory, and its answers. */
final class Oracle implements AutoCloseable {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private final Connection connection;

    Oracle(SampleData data) throws SQLException {
        this(data, data.late());
    }

    /** @param isLate whether each row of {@code w} is late */
    Oracle(SampleData data, List<Boolean> isLate) throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE s (id BIGINT, k INT, v BIGINT, d DECIMAL(12, 2), t VARCHAR, b BOOLEAN,"
                    + " f DOUBLE PRECISION)");
            statement.execute("CREATE TABLE r (id BIGINT, k INT, u INT)");
            statement.execute("CREATE TABLE w (id BIGINT, k INT, v BIGINT, ts TIMESTAMP(3), window_start TIMESTAMP(3),"
                    + " window_end TIMESTAMP(3))");
            statement.execute("CREATE TABLE w_late (id BIGINT, k INT, v BIGINT, ts TIMESTAMP(3))");
            statement.execute("CREATE TABLE p (k INT PRIMARY KEY, name VARCHAR, n BIGINT)");
        }
        load("INSERT INTO s VALUES (?, ?, ?, ?, ?, ?, ?)", data.s);
        load("INSERT INTO r VALUES (?, ?, ?)", data.r);
        load("MERGE INTO p KEY (k) VALUES (?, ?, ?)", data.p);
        List<List<Object>> inTime = new ArrayList<>();
        List<List<Object>> late = new ArrayList<>();
        for (int i = 0; i < isLate.size(); i++) {
            List<Object> row = new ArrayList<>(data.w.get(i));
            if (isLate.get(i)) {
                late.add(row);
            } else {
                LocalDateTime time = (LocalDateTime) row.get(3);
                row.add(SampleData.windowStart(time));
                row.add(SampleData.windowEnd(time));
                inTime.add(row);
            }
        }
        load("INSERT INTO w VALUES (?, ?, ?, ?, ?, ?)", inTime);
        load("INSERT INTO w_late VALUES (?, ?, ?, ?)", late);
    }

    private void load(String sql, List<List<Object>> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (List<Object> row : rows) {
                bind(insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void bind(PreparedStatement statement, List<Object> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            statement.setObject(i + 1, row.get(i));
        }
    }

    void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    List<String> answer(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return sortedRows(result);
        }
    }

    /** All rows of a result in the order of their text, which is the same for equal rows of any database. */
    static List<String> sortedRows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(row(result, 1));
        }
        rows.sort(null);
        return rows;
    }

    /** The current row from a column on. */
    static String row(ResultSet result, int firstColumn) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = firstColumn; i <= result.getMetaData().getColumnCount(); i++) {
            text.append(i == firstColumn ? "" : " | ").append(cell(result.getObject(i)));
        }
        return text.toString();
    }

    private static String cell(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return plain(new BigDecimal(((Number) value).doubleValue()).round(TWELVE_DIGITS));
        }
        if (value instanceof Number) {
            return plain(new BigDecimal(value.toString()));
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
