package io.thalweg.runtime.expression;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Values as plain Java objects: Boolean, Long for integers and intervals, BigDecimal, Double, String, byte[], LocalDate,
 * LocalTime and LocalDateTime; null for NULL. Simple on purpose.
 */
final class SqlValues {
    private SqlValues() {}

    static Object read(Column column, int row, SqlType type) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.kind()) {
            case INT -> fromStored(((IntColumn) column).value(row), type);
            case LONG -> fromStored(((LongColumn) column).value(row), type);
            case DOUBLE -> ((DoubleColumn) column).values()[row];
            case DECIMAL128 -> fromStored(((Decimal128Column) column).value(row), type);
            case BYTES -> type.name().isText() ? ((BytesColumn) column).text(row) : ((BytesColumn) column).bytes(row);
        };
    }

    static Object fromStored(Object stored, SqlType type) {
        if (stored == null) {
            return null;
        }
        return switch (type.name()) {
            case BOOLEAN -> ((Number) stored).intValue() != 0;
            case DECIMAL ->
                new BigDecimal(
                        stored instanceof Int128 wide
                                ? wide.toBigInteger()
                                : BigInteger.valueOf(((Number) stored).longValue()),
                        type.scale());
            case DATE -> LocalDate.ofEpochDay(((Number) stored).longValue());
            case TIME -> LocalTime.ofNanoOfDay((Long) stored * 1_000);
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp((Long) stored);
            case REAL, DOUBLE, CHAR, VARCHAR, VARBINARY -> stored;
            default -> ((Number) stored).longValue();
        };
    }

    static LocalDateTime timestamp(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }

    static long micros(LocalDateTime timestamp) {
        return timestamp.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + timestamp.getNano() / 1_000;
    }

    /** As a literal's value. */
    static Object stored(Object value, SqlType type) {
        if (value == null) {
            return null;
        }
        return switch (type.name()) {
            case BOOLEAN -> (Boolean) value ? 1 : 0;
            case TINYINT, SMALLINT, INTEGER, INTERVAL_MONTHS -> ((Long) value).intValue();
            case DECIMAL -> {
                BigInteger unscaled =
                        ((BigDecimal) value).setScale(type.scale()).unscaledValue();
                yield type.precision() > 18 ? (Object) Int128.of(unscaled) : (Object) unscaled.longValueExact();
            }
            case DATE -> (int) ((LocalDate) value).toEpochDay();
            case TIME -> ((LocalTime) value).toNanoOfDay() / 1_000;
            case TIMESTAMP, TIMESTAMP_LTZ -> micros((LocalDateTime) value);
            default -> value;
        };
    }

    static Literal literal(Object value, SqlType type) {
        return new Literal(stored(value, type), value == null ? type.withNullable(true) : type.notNull());
    }

    static void append(ColumnBuilder builder, Object value, SqlType type) {
        Object stored = stored(value, type);
        if (stored == null) {
            builder.appendNull();
            return;
        }
        switch (type.kind()) {
            case INT -> builder.appendInt((Integer) stored);
            case LONG -> builder.appendLong((Long) stored);
            case DOUBLE -> builder.appendDouble((Double) stored);
            case DECIMAL128 -> builder.appendDecimal128((Int128) stored);
            case BYTES -> {
                byte[] bytes = stored instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) stored;
                builder.appendBytes(bytes, 0, bytes.length);
            }
        }
    }

    /** As the tables write it. */
    static String text(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Boolean) {
            return value.toString().toUpperCase();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof LocalTime time) {
            return time.format(DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS"));
        }
        if (value instanceof LocalDateTime timestamp) {
            return timestamp.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS"));
        }
        return value.toString();
    }

    /** A literal of a type from the text in a table. */
    static Object parse(String text, SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> text.equalsIgnoreCase("TRUE");
            case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTHS, INTERVAL_MICROS -> Long.valueOf(text);
            case REAL -> (double) Float.parseFloat(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text).setScale(type.scale());
            case CHAR, VARCHAR -> text;
            case VARBINARY -> HexFormat.of().parseHex(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP, TIMESTAMP_LTZ -> LocalDateTime.parse(text.replace(' ', 'T'));
            case NULL -> null;
            case ARRAY, MAP, ROW -> throw new IllegalArgumentException("nested values have a test of their own");
        };
    }
}
