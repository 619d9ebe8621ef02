package io.thalweg.server.catalog.relational;

import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;

/** The tables of INFORMATION_SCHEMA: the one declaration of their columns, for the planner and for the database. */
public final class InformationSchema {
    /** The schema's name. */
    public static final String NAME = "information_schema";

    static final String CATALOG = "thalweg";

    private static final SqlType NAME_TYPE = SqlType.VARCHAR.notNull();
    private static final SqlType NUMBER = SqlType.INTEGER.notNull();

    static final SystemTableDefinition SCHEMATA =
            table("schemata", "catalog_name", NAME_TYPE, "schema_name", NAME_TYPE);

    static final SystemTableDefinition TABLES = table(
            "tables",
            "table_catalog",
            NAME_TYPE,
            "table_schema",
            NAME_TYPE,
            "table_name",
            NAME_TYPE,
            "table_type",
            NAME_TYPE,
            "object_kind",
            NAME_TYPE,
            "remarks",
            SqlType.VARCHAR);

    static final SystemTableDefinition COLUMNS = table(
            "columns",
            "table_catalog",
            NAME_TYPE,
            "table_schema",
            NAME_TYPE,
            "table_name",
            NAME_TYPE,
            "column_name",
            NAME_TYPE,
            "ordinal_position",
            NUMBER,
            "column_default",
            SqlType.VARCHAR,
            "is_nullable",
            NAME_TYPE,
            "data_type",
            NAME_TYPE,
            "character_maximum_length",
            SqlType.INTEGER,
            "numeric_precision",
            SqlType.INTEGER,
            "numeric_scale",
            SqlType.INTEGER,
            "datetime_precision",
            SqlType.INTEGER,
            "jdbc_type",
            NUMBER,
            "column_size",
            SqlType.INTEGER,
            "remarks",
            SqlType.VARCHAR,
            "is_generated",
            NAME_TYPE);

    static final SystemTableDefinition KEY_COLUMNS = table(
            "key_columns",
            "table_schema",
            NAME_TYPE,
            "table_name",
            NAME_TYPE,
            "column_name",
            NAME_TYPE,
            "key_sequence",
            NUMBER,
            "constraint_name",
            NAME_TYPE);

    static final SystemTableDefinition VIEWS = table(
            "views",
            "table_catalog",
            NAME_TYPE,
            "table_schema",
            NAME_TYPE,
            "table_name",
            NAME_TYPE,
            "view_definition",
            NAME_TYPE,
            "is_materialized",
            NAME_TYPE);

    static final SystemTableDefinition TABLE_OPTIONS = table(
            "table_options",
            "table_schema",
            NAME_TYPE,
            "table_name",
            NAME_TYPE,
            "option_name",
            NAME_TYPE,
            "option_value",
            NAME_TYPE,
            "is_default",
            NAME_TYPE);

    private static final List<SystemTableDefinition> ALL =
            List.of(SCHEMATA, TABLES, COLUMNS, KEY_COLUMNS, VIEWS, TABLE_OPTIONS);

    private InformationSchema() {}

    /** All tables. */
    public static List<SystemTableDefinition> tables() {
        return ALL;
    }

    private static SystemTableDefinition table(String name, Object... columns) {
        return new SystemTableDefinition(new ObjectName(NAME, name), RowType.of(columns));
    }
}
