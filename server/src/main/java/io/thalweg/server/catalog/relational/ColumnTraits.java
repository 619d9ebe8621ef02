package io.thalweg.server.catalog.relational;

import io.thalweg.model.type.SqlType;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * What INFORMATION_SCHEMA and JDBC's metadata say of a type; a number that does not apply is null.
 *
 * @param jdbcType a number of {@link Types}
 * @param size digits of a number, characters of a text, bytes of a binary value, characters of a date or time as text
 */
record ColumnTraits(
        int jdbcType,
        @Nullable Integer size,
        @Nullable Integer maximumLength,
        @Nullable Integer numericPrecision,
        @Nullable Integer numericScale,
        @Nullable Integer datetimePrecision) {

    static ColumnTraits of(SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> plain(Types.BOOLEAN, 1);
            case TINYINT -> number(Types.TINYINT, 3, 0);
            case SMALLINT -> number(Types.SMALLINT, 5, 0);
            case INTEGER -> number(Types.INTEGER, 10, 0);
            case BIGINT -> number(Types.BIGINT, 19, 0);
            case REAL -> number(Types.REAL, 7, null);
            case DOUBLE -> number(Types.DOUBLE, 15, null);
            case DECIMAL -> number(Types.DECIMAL, type.precision(), type.scale());
            case CHAR -> text(Types.CHAR, type.precision());
            case VARCHAR -> text(Types.VARCHAR, type.precision());
            case VARBINARY -> text(Types.VARBINARY, type.precision());
            case DATE -> new ColumnTraits(Types.DATE, 10, null, null, null, 0);
            case TIME -> datetime(Types.TIME, "00:00:00".length(), type.precision());
            case TIMESTAMP -> datetime(Types.TIMESTAMP, "0000-00-00 00:00:00".length(), type.precision());
            case TIMESTAMP_LTZ ->
                datetime(Types.TIMESTAMP_WITH_TIMEZONE, "0000-00-00 00:00:00+00:00".length(), type.precision());
            case NULL -> plain(Types.NULL, null);
            case INTERVAL_MONTHS, INTERVAL_MICROS -> plain(Types.OTHER, null);
            case ARRAY -> plain(Types.ARRAY, null);
            case MAP -> plain(Types.JAVA_OBJECT, null);
            case ROW -> plain(Types.STRUCT, null);
        };
    }

    private static ColumnTraits plain(int jdbcType, @Nullable Integer size) {
        return new ColumnTraits(jdbcType, size, null, null, null, null);
    }

    private static ColumnTraits number(int jdbcType, int precision, @Nullable Integer scale) {
        return new ColumnTraits(jdbcType, precision, null, precision, scale, null);
    }

    private static ColumnTraits text(int jdbcType, int length) {
        // A JDBC tool that finds no size shows 0; the largest length says "no limit" to all of them.
        return length == SqlType.UNLIMITED
                ? plain(jdbcType, Integer.MAX_VALUE)
                : new ColumnTraits(jdbcType, length, length, null, null, null);
    }

    private static ColumnTraits datetime(int jdbcType, int characters, int precision) {
        int fraction = precision == 0 ? 0 : precision + 1;
        return new ColumnTraits(jdbcType, characters + fraction, null, null, null, precision);
    }
}
