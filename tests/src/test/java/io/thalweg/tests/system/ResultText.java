package io.thalweg.tests.system;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of a result as lines of text: cells parted by bars, NULL for what is not there, two quotes for empty text. */
public final class ResultText {
    private ResultText() {}

    /** All rows that are still to come. */
    public static List<String> all(ResultSet result) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (result.next()) {
            lines.add(row(result));
        }
        return lines;
    }

    /** The row that the result stands on. */
    public static String row(ResultSet result) throws SQLException {
        return row(result, 1);
    }

    /** The row that the result stands on, from a column to its last. */
    public static String row(ResultSet result, int firstColumn) throws SQLException {
        StringBuilder line = new StringBuilder();
        for (int i = firstColumn; i <= result.getMetaData().getColumnCount(); i++) {
            line.append(i == firstColumn ? "" : " | ").append(cell(result, i));
        }
        return line.toString();
    }

    private static String cell(ResultSet result, int column) throws SQLException {
        String text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        return text.isEmpty() ? "''" : text;
    }

    /** Name and type of each column. */
    public static List<String> columns(ResultSetMetaData metaData) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String nullable = metaData.isNullable(i) == ResultSetMetaData.columnNoNulls ? " NOT NULL" : "";
            lines.add(metaData.getColumnLabel(i) + " " + typeText(metaData, i) + nullable);
        }
        return lines;
    }

    private static String typeText(ResultSetMetaData metaData, int column) throws SQLException {
        String name = metaData.getColumnTypeName(column);
        return switch (name) {
            case "DECIMAL" -> name + "(" + metaData.getPrecision(column) + ", " + metaData.getScale(column) + ")";
            case "TIME", "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE" -> name + "(" + metaData.getScale(column) + ")";
            default -> name;
        };
    }
}
