package io.thalweg.jdbc.metadata;

/** The metadata of what Thalweg does not have: the right columns and no rows. */
public final class EmptyMetaData {
    private static final String KEYS = "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM"
            + " FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ:smallint UPDATE_RULE:smallint DELETE_RULE:smallint FK_NAME PK_NAME"
            + " DEFERRABILITY:smallint";

    private EmptyMetaData() {}

    public static MetaDataTable procedures() {
        return MetaDataTable.of("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
                + " PROCEDURE_TYPE:smallint SPECIFIC_NAME");
    }

    public static MetaDataTable procedureColumns() {
        return MetaDataTable.of("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:smallint"
                + " DATA_TYPE:integer TYPE_NAME PRECISION:integer LENGTH:integer SCALE:smallint RADIX:smallint"
                + " NULLABLE:smallint REMARKS COLUMN_DEF SQL_DATA_TYPE:integer SQL_DATETIME_SUB:integer"
                + " CHAR_OCTET_LENGTH:integer ORDINAL_POSITION:integer IS_NULLABLE SPECIFIC_NAME");
    }

    public static MetaDataTable functionColumns() {
        return MetaDataTable.of("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:smallint"
                + " DATA_TYPE:integer TYPE_NAME PRECISION:integer LENGTH:integer SCALE:smallint RADIX:smallint"
                + " NULLABLE:smallint REMARKS CHAR_OCTET_LENGTH:integer ORDINAL_POSITION:integer IS_NULLABLE"
                + " SPECIFIC_NAME");
    }

    /** Of imported keys, exported keys and cross references alike. */
    public static MetaDataTable foreignKeys() {
        return MetaDataTable.of(KEYS);
    }

    public static MetaDataTable columnPrivileges() {
        return MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    }

    public static MetaDataTable tablePrivileges() {
        return MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE");
    }

    public static MetaDataTable versionColumns() {
        return MetaDataTable.of("SCOPE:smallint COLUMN_NAME DATA_TYPE:integer TYPE_NAME COLUMN_SIZE:integer"
                + " BUFFER_LENGTH:integer DECIMAL_DIGITS:smallint PSEUDO_COLUMN:smallint");
    }

    public static MetaDataTable userTypes() {
        return MetaDataTable.of(
                "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:integer REMARKS BASE_TYPE:smallint");
    }

    public static MetaDataTable superTypes() {
        return MetaDataTable.of("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME");
    }

    public static MetaDataTable superTables() {
        return MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME");
    }

    public static MetaDataTable attributes() {
        return MetaDataTable.of("TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:integer ATTR_TYPE_NAME"
                + " ATTR_SIZE:integer DECIMAL_DIGITS:integer NUM_PREC_RADIX:integer NULLABLE:integer REMARKS ATTR_DEF"
                + " SQL_DATA_TYPE:integer SQL_DATETIME_SUB:integer CHAR_OCTET_LENGTH:integer ORDINAL_POSITION:integer"
                + " IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE:smallint");
    }

    public static MetaDataTable clientInfoProperties() {
        return MetaDataTable.of("NAME MAX_LEN:integer DEFAULT_VALUE DESCRIPTION");
    }

    public static MetaDataTable pseudoColumns() {
        return MetaDataTable.of("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:integer COLUMN_SIZE:integer"
                + " DECIMAL_DIGITS:integer NUM_PREC_RADIX:integer COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:integer"
                + " IS_NULLABLE");
    }
}
