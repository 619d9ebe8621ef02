package io.thalweg.jdbc.metadata;

import io.thalweg.jdbc.value.JdbcType;
import io.thalweg.model.type.SqlType;
import java.sql.DatabaseMetaData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that a column can have. */
public final class TypeMetaData {
    private static final int MAX_LENGTH = JdbcType.UNLIMITED_SIZE;

    private static final List<SqlType> TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.TINYINT,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0),
            SqlType.character(MAX_LENGTH),
            SqlType.VARCHAR,
            SqlType.VARBINARY,
            SqlType.DATE,
            SqlType.time(SqlType.MAX_TIME_PRECISION),
            SqlType.timestamp(SqlType.MAX_TIME_PRECISION),
            SqlType.timestampLtz(SqlType.MAX_TIME_PRECISION));

    private TypeMetaData() {}

    /** The answer of {@code getTypeInfo}. */
    public static MetaDataTable types() {
        MetaDataTable rows =
                MetaDataTable.of("TYPE_NAME DATA_TYPE:integer PRECISION:integer LITERAL_PREFIX LITERAL_SUFFIX"
                        + " CREATE_PARAMS NULLABLE:smallint CASE_SENSITIVE:boolean SEARCHABLE:smallint"
                        + " UNSIGNED_ATTRIBUTE:boolean FIXED_PREC_SCALE:boolean AUTO_INCREMENT:boolean LOCAL_TYPE_NAME"
                        + " MINIMUM_SCALE:smallint MAXIMUM_SCALE:smallint SQL_DATA_TYPE:integer SQL_DATETIME_SUB:integer"
                        + " NUM_PREC_RADIX:integer");
        for (SqlType type : TYPES) {
            rows.add(
                    type.name().sqlName(),
                    JdbcType.number(type),
                    JdbcType.precision(type),
                    prefix(type),
                    prefix(type) == null ? null : "'",
                    parameters(type),
                    DatabaseMetaData.typeNullable,
                    type.name().isText(),
                    DatabaseMetaData.typeSearchable,
                    !type.name().isNumeric(),
                    false,
                    false,
                    null,
                    0,
                    greatestScale(type),
                    null,
                    null,
                    type.name().isNumeric() ? 10 : null);
        }
        return rows.sortedBy(2);
    }

    private static @Nullable String prefix(SqlType type) {
        return switch (type.name()) {
            case CHAR, VARCHAR -> "'";
            case VARBINARY -> "X'";
            case DATE -> "DATE '";
            case TIME -> "TIME '";
            case TIMESTAMP -> "TIMESTAMP '";
            case TIMESTAMP_LTZ -> "TIMESTAMP WITH LOCAL TIME ZONE '";
            default -> null;
        };
    }

    private static @Nullable String parameters(SqlType type) {
        return switch (type.name()) {
            case DECIMAL -> "precision,scale";
            case CHAR, VARCHAR, VARBINARY -> "length";
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> "precision";
            default -> null;
        };
    }

    private static int greatestScale(SqlType type) {
        return switch (type.name()) {
            case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> SqlType.MAX_TIME_PRECISION;
            default -> 0;
        };
    }
}
