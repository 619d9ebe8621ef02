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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The same rows in other databases, in memory, and their answers. */
final class Oracle implements AutoCloseable {
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private final Map<OracleDatabase, Connection> databases = new EnumMap<>(OracleDatabase.class);

    Oracle(SampleData data) throws SQLException {
        this(data, data.late());
    }

    /** @param isLate whether each row of {@code w} is late */
    Oracle(SampleData data, List<Boolean> isLate) throws SQLException {
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
        for (OracleDatabase database : OracleDatabase.values()) {
            Connection connection = DriverManager.getConnection(database.url());
            databases.put(database, connection);
            create(connection);
            load(connection, "INSERT INTO s VALUES (?, ?, ?, ?, ?, ?, ?)", data.s);
            load(connection, "INSERT INTO r VALUES (?, ?, ?)", data.r);
            load(connection, database.upsert(), data.p);
            load(connection, "INSERT INTO w VALUES (?, ?, ?, ?, ?, ?)", inTime);
            load(connection, "INSERT INTO w_late VALUES (?, ?, ?, ?)", late);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE s (id BIGINT, k INT, v BIGINT, d DECIMAL(12, 2), t VARCHAR, b BOOLEAN,"
                    + " f DOUBLE PRECISION)");
            statement.execute("CREATE TABLE r (id BIGINT, k INT, u INT)");
            statement.execute("CREATE TABLE w (id BIGINT, k INT, v BIGINT, ts TIMESTAMP(3), window_start TIMESTAMP(3),"
                    + " window_end TIMESTAMP(3))");
            statement.execute("CREATE TABLE w_late (id BIGINT, k INT, v BIGINT, ts TIMESTAMP(3))");
            statement.execute("CREATE TABLE p (k INT PRIMARY KEY, name VARCHAR, n BIGINT)");
        }
    }

    private static void load(Connection connection, String sql, List<List<Object>> rows) throws SQLException {
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

    /** Changes rows in all databases. */
    void update(String sql) throws SQLException {
        for (Connection connection : databases.values()) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** What the oracle of this query answers. */
    List<String> answer(QueryShape shape) throws SQLException {
        try (Statement statement = databases.get(shape.oracle()).createStatement();
                ResultSet result = statement.executeQuery(shape.oracleSql())) {
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
        for (Connection connection : databases.values()) {
            connection.close();
        }
    }
}
