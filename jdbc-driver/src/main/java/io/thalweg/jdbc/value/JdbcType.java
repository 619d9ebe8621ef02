package io.thalweg.jdbc.value;

import io.thalweg.model.type.SqlType;
import java.sql.Types;

/** What JDBC calls an SQL type, and how wide its values are. */
public final class JdbcType {
    /** The size reported for text and bytes without a limit. */
    public static final int UNLIMITED_SIZE = Integer.MAX_VALUE;

    private JdbcType() {}

    /** The constant of {@link Types}. */
    public static int number(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT -> Types.TINYINT;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case CHAR -> Types.CHAR;
            case VARCHAR -> Types.VARCHAR;
            case VARBINARY -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMP_LTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case INTERVAL_MONTHS, INTERVAL_MICROS -> Types.OTHER;
            case NULL -> Types.NULL;
            case ARRAY -> Types.ARRAY;
            case MAP -> Types.JAVA_OBJECT;
            case ROW -> Types.STRUCT;
        };
    }

    /** The name of the type, for a nested type with that of its components. */
    public static String name(SqlType type) {
        return type.name().isNested() ? type.sqlText() : type.name().sqlName();
    }

    /** The class of what {@code getObject} returns. */
    public static String className(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> "java.lang.Boolean";
            case TINYINT, SMALLINT, INTEGER -> "java.lang.Integer";
            case BIGINT -> "java.lang.Long";
            case REAL -> "java.lang.Float";
            case DOUBLE -> "java.lang.Double";
            case DECIMAL -> "java.math.BigDecimal";
            case CHAR, VARCHAR -> "java.lang.String";
            case VARBINARY -> "[B";
            case DATE -> "java.sql.Date";
            case TIME -> "java.sql.Time";
            case TIMESTAMP -> "java.sql.Timestamp";
            case TIMESTAMP_LTZ -> "java.time.OffsetDateTime";
            case INTERVAL_MONTHS -> "java.time.Period";
            case INTERVAL_MICROS -> "java.time.Duration";
            case NULL -> "java.lang.Object";
            case ARRAY -> "java.sql.Array";
            case MAP -> "java.util.Map";
            case ROW -> "java.sql.Struct";
        };
    }

    /** Decimal digits of numbers, characters of text and dates, bytes of binary values. */
    public static int precision(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case REAL -> 7;
            case DOUBLE -> 15;
            case DECIMAL -> type.precision();
            case CHAR, VARCHAR, VARBINARY -> type.precision() == SqlType.UNLIMITED ? UNLIMITED_SIZE : type.precision();
            default -> displaySize(type);
        };
    }

    /** Digits after the point: of a DECIMAL, and of the seconds of a time. */
    public static int scale(SqlType type) {
        return switch (type.name()) {
            case DECIMAL -> type.scale();
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> type.precision();
            case INTERVAL_MICROS -> SqlType.MAX_TIME_PRECISION;
            default -> 0;
        };
    }

    /** The most characters that a value has as text. */
    public static int displaySize(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> 5;
            case TINYINT -> 4;
            case SMALLINT -> 6;
            case INTEGER -> 11;
            case BIGINT -> 20;
            case REAL -> 15;
            case DOUBLE -> 25;
            // A sign, a point, and a zero before the point.
            case DECIMAL -> type.precision() + (type.scale() == 0 ? 1 : 3);
            case CHAR, VARCHAR -> precision(type);
            case VARBINARY ->
                type.precision() == SqlType.UNLIMITED
                        ? UNLIMITED_SIZE
                        : (int) Math.min(UNLIMITED_SIZE, type.precision() * 2L);
            case DATE -> 10;
            case TIME -> 8 + fractionSize(type);
            case TIMESTAMP -> 19 + fractionSize(type);
            case TIMESTAMP_LTZ -> 20 + fractionSize(type);
            case INTERVAL_MONTHS -> 12;
            case INTERVAL_MICROS -> 26;
            case NULL -> 4;
            case ARRAY, MAP, ROW -> UNLIMITED_SIZE;
        };
    }

    private static int fractionSize(SqlType type) {
        return type.precision() == 0 ? 0 : type.precision() + 1;
    }
}
