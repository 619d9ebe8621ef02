package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Cells as objects: of the class that JDBC has for the type, or of one that the caller names. */
public final class CellObjects {
    private static final Map<Class<?>, Reader> READERS = readers();

    private CellObjects() {}

    /** The value of a cell that is not NULL, as an object of the class that {@link JdbcType#className} tells. */
    public static Object natural(CellReader cells, int column, SqlType type) {
        return switch (type.name()) {
            case BOOLEAN -> cells.booleanValue(column);
            case TINYINT, SMALLINT, INTEGER -> (int) cells.longValue(column);
            case BIGINT -> cells.longValue(column);
            case REAL -> (float) cells.doubleValue(column);
            case DOUBLE -> cells.doubleValue(column);
            case DECIMAL -> cells.decimalValue(column);
            case CHAR, VARCHAR -> cells.text(column);
            case VARBINARY -> cells.bytes(column);
            case DATE -> LegacyTimes.date(cells, column, LegacyTimes.machineCalendar());
            case TIME -> LegacyTimes.time(cells, column, LegacyTimes.machineCalendar());
            case TIMESTAMP -> LegacyTimes.timestamp(cells, column, LegacyTimes.machineCalendar());
            case TIMESTAMP_LTZ -> cells.instant(column).atOffset(ZoneOffset.UTC);
            case INTERVAL_MONTHS -> cells.months(column);
            case INTERVAL_MICROS -> cells.duration(column);
            case ARRAY, MAP, ROW -> NestedObjects.natural(type, cells.bytes(column));
            case NULL -> throw new IllegalArgumentException("NULL has no object");
        };
    }

    /** The value of a cell that is not NULL, as an object of the class asked for. */
    public static <T> T as(CellReader cells, int column, SqlType type, Class<T> wanted) {
        if (wanted == Object.class) {
            return wanted.cast(natural(cells, column, type));
        }
        if (type.name().isNested() && wanted != String.class) {
            return nested(natural(cells, column, type), type, wanted);
        }
        Reader reader = READERS.get(wanted);
        if (reader == null) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "values cannot be read as objects of class " + wanted.getName());
        }
        return wanted.cast(reader.read(cells, column));
    }

    private static <T> T nested(Object value, SqlType type, Class<T> wanted) {
        Object found = value instanceof ArrayValue array && wanted.isArray() ? array.getArray() : value;
        if (!wanted.isInstance(found)) {
            throw new ThalwegException(
                    ErrorCode.CAST_FAILURE,
                    "a value of type " + type.sqlText() + " cannot be read as an object of class " + wanted.getName());
        }
        return wanted.cast(found);
    }

    private static Map<Class<?>, Reader> readers() {
        Map<Class<?>, Reader> readers = new HashMap<>();
        readers.put(String.class, CellReader::text);
        readers.put(Boolean.class, CellReader::booleanValue);
        readers.put(Byte.class, (cells, c) -> (byte) cells.longValue(c, Byte.MIN_VALUE, Byte.MAX_VALUE));
        readers.put(Short.class, (cells, c) -> (short) cells.longValue(c, Short.MIN_VALUE, Short.MAX_VALUE));
        readers.put(Integer.class, (cells, c) -> (int) cells.longValue(c, Integer.MIN_VALUE, Integer.MAX_VALUE));
        readers.put(Long.class, CellReader::longValue);
        readers.put(Float.class, (cells, c) -> (float) cells.doubleValue(c));
        readers.put(Double.class, CellReader::doubleValue);
        readers.put(BigDecimal.class, CellReader::decimalValue);
        readers.put(BigInteger.class, CellReader::integerValue);
        readers.put(byte[].class, CellReader::bytes);
        readers.put(LocalDate.class, CellReader::date);
        readers.put(LocalTime.class, CellReader::time);
        readers.put(LocalDateTime.class, CellReader::timestamp);
        readers.put(Instant.class, CellReader::instant);
        readers.put(OffsetDateTime.class, (cells, c) -> cells.instant(c).atOffset(ZoneOffset.UTC));
        readers.put(ZonedDateTime.class, (cells, c) -> cells.instant(c).atZone(ZoneOffset.UTC));
        readers.put(OffsetTime.class, (cells, c) -> cells.time(c).atOffset(ZoneOffset.UTC));
        readers.put(Period.class, CellReader::months);
        readers.put(Duration.class, CellReader::duration);
        readers.put(Date.class, (cells, c) -> LegacyTimes.date(cells, c, LegacyTimes.machineCalendar()));
        readers.put(Time.class, (cells, c) -> LegacyTimes.time(cells, c, LegacyTimes.machineCalendar()));
        readers.put(Timestamp.class, (cells, c) -> LegacyTimes.timestamp(cells, c, LegacyTimes.machineCalendar()));
        readers.put(java.util.Date.class, (cells, c) -> LegacyTimes.timestamp(cells, c, LegacyTimes.machineCalendar()));
        readers.put(UUID.class, CellObjects::uuid);
        return Map.copyOf(readers);
    }

    private static UUID uuid(CellReader cells, int column) {
        String text = cells.text(column);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw TextParser.notA("UUID", text);
        }
    }

    /** Reads a cell as an object of one class. */
    private interface Reader {
        Object read(CellReader cells, int column);
    }
}
