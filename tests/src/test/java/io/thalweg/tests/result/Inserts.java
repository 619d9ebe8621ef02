package io.thalweg.tests.result;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows as they are inserted: in batches that are cut at random. */
final class Inserts {
    private Inserts() {}

    /** The rows in parts of one to eight, now and then of more. */
    static List<List<List<Object>>> batches(List<List<Object>> rows, Random random) {
        List<List<List<Object>>> batches = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to = Math.min(rows.size(), from + 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 8));
            batches.add(rows.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** Inserts a batch. */
    static void insert(Connection connection, String relation, List<List<Object>> rows) throws SQLException {
        String places = "?" + ", ?".repeat(rows.get(0).size() - 1);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + relation + " VALUES (" + places + ")")) {
            for (List<Object> row : rows) {
                Oracle.bind(insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
