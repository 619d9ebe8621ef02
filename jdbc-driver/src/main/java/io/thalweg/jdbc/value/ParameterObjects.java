package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;

/** Sets parameters to objects of every class that JDBC and java.time have for values of SQL. */
public final class ParameterObjects {
    private ParameterObjects() {}

    /** Throws FEATURE_NOT_SUPPORTED for an object of another class. */
    public static void set(ParameterRow row, int parameter, Object value) {
        if (row.type(parameter).name().isNested() && !(value instanceof String)) {
            row.setNested(parameter, value);
        } else if (!setNumber(row, parameter, value)
                && !setText(row, parameter, value)
                && !setTime(row, parameter, value)
                && !setLegacyTime(row, parameter, value)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "parameters cannot be set to objects of class "
                            + value.getClass().getName());
        }
    }

    private static boolean setNumber(ParameterRow row, int parameter, Object value) {
        if (value instanceof Boolean truth) {
            row.setBoolean(parameter, truth);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            row.setLong(parameter, ((Number) value).longValue());
        } else if (value instanceof Double number) {
            row.setDouble(parameter, number);
        } else if (value instanceof Float number) {
            row.setDouble(parameter, Double.parseDouble(number.toString()));
        } else if (value instanceof BigDecimal number) {
            row.setDecimal(parameter, number);
        } else if (value instanceof BigInteger number) {
            row.setDecimal(parameter, new BigDecimal(number));
        } else {
            return false;
        }
        return true;
    }

    private static boolean setText(ParameterRow row, int parameter, Object value) {
        if (value instanceof String || value instanceof Character || value instanceof UUID) {
            row.setText(parameter, value.toString());
        } else if (value instanceof byte[] bytes) {
            row.setBytes(parameter, bytes.clone());
        } else {
            return false;
        }
        return true;
    }

    private static boolean setTime(ParameterRow row, int parameter, Object value) {
        if (value instanceof LocalDate date) {
            row.setDate(parameter, date);
        } else if (value instanceof LocalTime time) {
            row.setTime(parameter, time);
        } else if (value instanceof LocalDateTime timestamp) {
            row.setTimestamp(parameter, timestamp);
        } else if (value instanceof Instant instant) {
            row.setInstant(parameter, instant);
        } else if (value instanceof OffsetDateTime timestamp) {
            row.setInstant(parameter, timestamp.toInstant());
        } else if (value instanceof ZonedDateTime timestamp) {
            row.setInstant(parameter, timestamp.toInstant());
        } else {
            return false;
        }
        return true;
    }

    private static boolean setLegacyTime(ParameterRow row, int parameter, Object value) {
        Calendar machine = LegacyTimes.machineCalendar();
        if (value instanceof Timestamp timestamp) {
            setTimestamp(row, parameter, timestamp, machine);
        } else if (value instanceof Date date) {
            row.setDate(parameter, LegacyTimes.localDate(date, machine));
        } else if (value instanceof Time time) {
            row.setTime(parameter, LegacyTimes.localTime(time, machine));
        } else if (value instanceof java.util.Date date) {
            setTimestamp(row, parameter, Timestamp.from(date.toInstant()), machine);
        } else if (value instanceof Calendar calendar) {
            setTimestamp(row, parameter, Timestamp.from(calendar.toInstant()), (Calendar) calendar.clone());
        } else {
            return false;
        }
        return true;
    }

    /** A date and time as the calendar tells it; a point in time needs no calendar. */
    public static void setTimestamp(ParameterRow row, int parameter, Timestamp value, Calendar calendar) {
        if (row.type(parameter).name() == TypeName.TIMESTAMP_LTZ) {
            row.setInstant(parameter, LegacyTimes.instant(value));
        } else {
            row.setTimestamp(parameter, LegacyTimes.localTimestamp(value, calendar));
        }
    }
}
