package io.thalweg.jdbc.metadata;

import io.thalweg.jdbc.metadata.CatalogEntry.Column;
import io.thalweg.jdbc.metadata.CatalogEntry.ColumnText;
import io.thalweg.jdbc.metadata.CatalogEntry.ColumnType;
import io.thalweg.jdbc.metadata.CatalogEntry.KeyColumn;
import io.thalweg.jdbc.metadata.CatalogEntry.Table;
import io.thalweg.jdbc.metadata.CatalogEntry.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads INFORMATION_SCHEMA by plain queries of one table each; names are matched here, since a pattern of JDBC is not
 * quite one of SQL, and a catalog is small.
 */
final class CatalogQueries {
    private final Connection connection;

    CatalogQueries(Connection connection) {
        this.connection = connection;
    }

    List<String> schemas() throws SQLException {
        return read("SELECT schema_name FROM information_schema.schemata", rows -> text(rows, 1));
    }

    /** The names of the functions in Java, each once however many signatures it has. */
    List<String> javaFunctions() throws SQLException {
        List<List<String>> found = read(
                "SHOW FUNCTIONS", rows -> rows.getString("java_class") == null ? List.of() : List.of(text(rows, 1)));
        return found.stream().flatMap(List::stream).distinct().toList();
    }

    List<Table> tables(NamePattern schema, NamePattern name) throws SQLException {
        List<Table> tables = read(
                "SELECT table_schema, table_name, object_kind, remarks FROM information_schema.tables",
                rows -> new Table(
                        text(rows, 1), text(rows, 2), text(rows, 3).toUpperCase(Locale.ROOT), rows.getString(4)));
        tables.removeIf(table -> !schema.matches(table.schema()) || !name.matches(table.name()));
        return tables;
    }

    List<Column> columns(NamePattern schema, NamePattern table, NamePattern name) throws SQLException {
        List<Column> columns = read(
                "SELECT table_schema, table_name, column_name, ordinal_position, data_type, jdbc_type, column_size,"
                        + " numeric_scale, datetime_precision, is_nullable, column_default, remarks, is_generated"
                        + " FROM information_schema.columns",
                CatalogQueries::column);
        columns.removeIf(column -> !schema.matches(column.table().schema())
                || !table.matches(column.table().name())
                || !name.matches(column.name()));
        return columns;
    }

    List<KeyColumn> keyColumns(@Nullable String schema, @Nullable String table) throws SQLException {
        List<KeyColumn> keys = read(
                "SELECT table_schema, table_name, column_name, key_sequence, constraint_name"
                        + " FROM information_schema.key_columns",
                rows -> new KeyColumn(
                        new TableName(text(rows, 1), text(rows, 2)), text(rows, 3), rows.getInt(4), rows.getString(5)));
        keys.removeIf(key -> (schema != null && !schema.equals(key.table().schema()))
                || (table != null && !table.equals(key.table().name())));
        return keys;
    }

    private static Column column(ResultSet rows) throws SQLException {
        @Nullable Integer scale = number(rows, 8);
        ColumnType type =
                new ColumnType(text(rows, 5), rows.getInt(6), number(rows, 7), scale == null ? number(rows, 9) : scale);
        ColumnText texts = new ColumnText(rows.getString(11), rows.getString(12), isTrue(text(rows, 13)));
        return new Column(
                new TableName(text(rows, 1), text(rows, 2)),
                text(rows, 3),
                rows.getInt(4),
                type,
                isTrue(text(rows, 10)),
                texts);
    }

    private static boolean isTrue(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "YES", "TRUE", "ALWAYS" -> true;
            default -> false;
        };
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Integer number(ResultSet rows, int column) throws SQLException {
        int number = rows.getInt(column);
        return rows.wasNull() ? null : number;
    }

    private <T> List<T> read(String sql, RowReader<T> reader) throws SQLException {
        List<T> entries = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                entries.add(reader.read(rows));
            }
        }
        return entries;
    }

    /** Makes an entry of the current row. */
    private interface RowReader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
