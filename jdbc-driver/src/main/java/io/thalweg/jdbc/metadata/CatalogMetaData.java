package io.thalweg.jdbc.metadata;

import io.thalweg.jdbc.metadata.CatalogEntry.Column;
import io.thalweg.jdbc.metadata.CatalogEntry.ColumnType;
import io.thalweg.jdbc.metadata.CatalogEntry.KeyColumn;
import io.thalweg.jdbc.metadata.CatalogEntry.Table;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The metadata that depend on the catalog of the server. */
public final class CatalogMetaData {
    private static final String STREAM = "STREAM";
    private static final String TABLE = "TABLE";
    private static final String FUNCTION_SCHEMA = "public";
    private static final int MAX_UTF8_BYTES = 4;

    private final CatalogQueries queries;
    private final String catalog;
    private final boolean streamsAsTables;

    /** @param streamsAsTables whether a stream is of type TABLE, with its kind in the remarks, or of type STREAM */
    public CatalogMetaData(Connection connection, String catalog, boolean streamsAsTables) {
        this.queries = new CatalogQueries(connection);
        this.catalog = catalog;
        this.streamsAsTables = streamsAsTables;
    }

    public MetaDataTable catalogs() {
        MetaDataTable rows = MetaDataTable.of("TABLE_CAT");
        rows.add(catalog);
        return rows;
    }

    public MetaDataTable schemas(@Nullable String wantedCatalog, NamePattern pattern) throws SQLException {
        MetaDataTable rows = MetaDataTable.of("TABLE_SCHEM TABLE_CATALOG");
        if (isOurs(wantedCatalog)) {
            for (String schema : queries.schemas()) {
                if (pattern.matches(schema)) {
                    rows.add(schema, catalog);
                }
            }
        }
        return rows.sortedBy(2, 1);
    }

    /** The functions in Java; those that are built in are told by {@code getStringFunctions()} and its like. */
    public MetaDataTable functions(@Nullable String wantedCatalog, NamePattern schema, NamePattern name)
            throws SQLException {
        MetaDataTable rows = MetaDataTable.of(
                "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:smallint SPECIFIC_NAME");
        if (isOurs(wantedCatalog) && schema.matches(FUNCTION_SCHEMA)) {
            for (String function : queries.javaFunctions()) {
                if (name.matches(function)) {
                    rows.add(catalog, FUNCTION_SCHEMA, function, "Java", DatabaseMetaData.functionNoTable, function);
                }
            }
        }
        return rows.sortedBy(1, 2, 3);
    }

    public MetaDataTable tableTypes() {
        MetaDataTable rows = MetaDataTable.of("TABLE_TYPE");
        Set<String> types = new TreeSet<>(List.of("MATERIALIZED VIEW", "SYSTEM TABLE", TABLE, "VIEW"));
        if (!streamsAsTables) {
            types.add(STREAM);
        }
        types.forEach(rows::add);
        return rows;
    }

    public MetaDataTable tables(
            @Nullable String wantedCatalog, NamePattern schema, NamePattern name, String @Nullable [] types)
            throws SQLException {
        MetaDataTable rows = MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM"
                + " TYPE_NAME SELF_REFERENCING_COL_NAME REF_GENERATION");
        if (isOurs(wantedCatalog)) {
            for (Table table : queries.tables(schema, name)) {
                String type = typeOf(table);
                if (types == null || Arrays.asList(types).contains(type)) {
                    rows.add(
                            catalog,
                            table.schema(),
                            table.name(),
                            type,
                            remarksOf(table),
                            null,
                            null,
                            null,
                            null,
                            null);
                }
            }
        }
        return rows.sortedBy(4, 1, 2, 3);
    }

    private String typeOf(Table table) {
        return streamsAsTables && table.kind().equals(STREAM) ? TABLE : table.kind();
    }

    /** The comment, and before it the kind where the type does not tell it and the comment does not either. */
    private @Nullable String remarksOf(Table table) {
        @Nullable String remarks = table.remarks();
        if (!streamsAsTables || !table.kind().equals(STREAM)) {
            return remarks;
        }
        if (remarks == null || remarks.isEmpty()) {
            return "stream";
        }
        return remarks.equals("stream") || remarks.startsWith("stream: ") ? remarks : "stream: " + remarks;
    }

    public MetaDataTable columns(
            @Nullable String wantedCatalog, NamePattern schema, NamePattern table, NamePattern name)
            throws SQLException {
        MetaDataTable rows = MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:integer TYPE_NAME"
                + " COLUMN_SIZE:integer BUFFER_LENGTH:integer DECIMAL_DIGITS:integer NUM_PREC_RADIX:integer"
                + " NULLABLE:integer REMARKS COLUMN_DEF SQL_DATA_TYPE:integer SQL_DATETIME_SUB:integer"
                + " CHAR_OCTET_LENGTH:integer ORDINAL_POSITION:integer IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA"
                + " SCOPE_TABLE SOURCE_DATA_TYPE:smallint IS_AUTOINCREMENT IS_GENERATEDCOLUMN");
        if (isOurs(wantedCatalog)) {
            for (Column column : queries.columns(schema, table, name)) {
                addColumn(rows, column);
            }
        }
        return rows.sortedBy(1, 2, 3, 17);
    }

    private void addColumn(MetaDataTable rows, Column column) {
        ColumnType type = column.type();
        rows.add(
                catalog,
                column.table().schema(),
                column.table().name(),
                column.name(),
                type.number(),
                type.name(),
                type.size(),
                null,
                type.scale(),
                radixOf(type.number()),
                column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                column.text().remarks(),
                column.text().defaultValue(),
                null,
                null,
                octetLength(type),
                column.position(),
                column.nullable() ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                column.text().generated() ? "YES" : "NO");
    }

    private static @Nullable Integer radixOf(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.DECIMAL ->
                10;
            default -> null;
        };
    }

    private static @Nullable Integer octetLength(ColumnType type) {
        @Nullable Integer size = type.size();
        if (size == null) {
            return null;
        }
        return switch (type.number()) {
            case Types.CHAR, Types.VARCHAR -> (int) Math.min(Integer.MAX_VALUE, (long) size * MAX_UTF8_BYTES);
            case Types.VARBINARY -> size;
            default -> null;
        };
    }

    public MetaDataTable primaryKeys(@Nullable String wantedCatalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        MetaDataTable rows = MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:smallint PK_NAME");
        for (KeyColumn key : keyColumns(wantedCatalog, schema, table)) {
            rows.add(catalog, key.table().schema(), key.table().name(), key.column(), key.sequence(), key.constraint());
        }
        return rows.sortedBy(4, 2, 3);
    }

    /** The primary key, which is the one index that a table has. */
    public MetaDataTable indexes(@Nullable String wantedCatalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        MetaDataTable rows = MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:boolean INDEX_QUALIFIER"
                + " INDEX_NAME TYPE:smallint ORDINAL_POSITION:smallint COLUMN_NAME ASC_OR_DESC CARDINALITY:bigint"
                + " PAGES:bigint FILTER_CONDITION");
        for (KeyColumn key : keyColumns(wantedCatalog, schema, table)) {
            rows.add(
                    catalog,
                    key.table().schema(),
                    key.table().name(),
                    false,
                    null,
                    key.constraint(),
                    DatabaseMetaData.tableIndexOther,
                    key.sequence(),
                    key.column(),
                    null,
                    0L,
                    0L,
                    null);
        }
        return rows.sortedBy(4, 7, 6, 8);
    }

    /** The columns of the primary key, which stay the row's identity for ever. */
    public MetaDataTable bestRowIdentifier(
            @Nullable String wantedCatalog, @Nullable String schema, @Nullable String table) throws SQLException {
        MetaDataTable rows =
                MetaDataTable.of("SCOPE:smallint COLUMN_NAME DATA_TYPE:integer TYPE_NAME COLUMN_SIZE:integer"
                        + " BUFFER_LENGTH:integer DECIMAL_DIGITS:smallint PSEUDO_COLUMN:smallint");
        List<KeyColumn> keys = keyColumns(wantedCatalog, schema, table);
        if (!keys.isEmpty()) {
            NamePattern all = new NamePattern(null);
            for (Column column : queries.columns(all, all, all)) {
                if (keys.stream()
                        .anyMatch(key -> key.table().equals(column.table())
                                && key.column().equals(column.name()))) {
                    rows.add(
                            DatabaseMetaData.bestRowSession,
                            column.name(),
                            column.type().number(),
                            column.type().name(),
                            column.type().size(),
                            null,
                            column.type().scale(),
                            DatabaseMetaData.bestRowNotPseudo);
                }
            }
        }
        return rows.sortedBy(1);
    }

    private List<KeyColumn> keyColumns(@Nullable String wantedCatalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return isOurs(wantedCatalog) ? queries.keyColumns(schema, table) : List.of();
    }

    /** Whether a catalog that was asked for is the one there is. */
    private boolean isOurs(@Nullable String wantedCatalog) {
        return wantedCatalog == null || wantedCatalog.equals(catalog);
    }
}
