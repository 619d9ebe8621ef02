package io.thalweg.jdbc.metadata;

import org.jspecify.annotations.Nullable;

/** The rows of INFORMATION_SCHEMA that metadata are made of. */
final class CatalogEntry {
    private CatalogEntry() {}

    /** A row of {@code information_schema.tables}. */
    record Table(
            String schema,
            String name,
            String kind,
            @Nullable String remarks) {}

    /** A row of {@code information_schema.columns}. */
    record Column(TableName table, String name, int position, ColumnType type, boolean nullable, ColumnText text) {}

    /** Which table a column is of. */
    record TableName(String schema, String name) {}

    /** The type of a column in the terms of JDBC; sizes that the type does not have are null. */
    record ColumnType(
            String name,
            int number,
            @Nullable Integer size,
            @Nullable Integer scale) {}

    /** What is said of a column beside its type. */
    record ColumnText(
            @Nullable String defaultValue, @Nullable String remarks, boolean generated) {}

    /** A row of {@code information_schema.key_columns}. */
    record KeyColumn(
            TableName table,
            String column,
            int sequence,
            @Nullable String constraint) {}
}
