package io.thalweg.tests.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A world in DuckDB, at each of its moments. */
final class OracleWorld implements AutoCloseable {
    private final Connection connection;
    private final Map<Integer, List<String>> answers = new HashMap<>();
    private String asked = "";

    OracleWorld(World world) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            for (int moment = 0; moment <= World.MOMENTS; moment++) {
                statement.execute("CREATE SCHEMA m" + moment);
                statement.execute("SET schema = 'm" + moment + "'");
                for (int table = 0; table < World.TABLES.size(); table++) {
                    String name = World.TABLES.get(table);
                    statement.execute("CREATE TABLE " + name
                            + " (id BIGINT, k INT, v BIGINT, s VARCHAR, d DECIMAL(10, 2), p BOOLEAN, f DOUBLE)");
                    load(name, world.rows(table, moment));
                }
            }
        }
    }

    private void load(String table, List<List<Object>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (List<Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The answer at a moment, as sorted lines. */
    List<String> answer(String sql, int moment) throws SQLException {
        if (!sql.equals(asked)) {
            answers.clear();
            asked = sql;
        }
        List<String> known = answers.get(moment);
        if (known == null) {
            known = ask(sql, moment);
            answers.put(moment, known);
        }
        return known;
    }

    private List<String> ask(String sql, int moment) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET schema = 'm" + moment + "'");
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(CellText.row(result));
                }
            }
            rows.sort(null);
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
