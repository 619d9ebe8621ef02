package io.thalweg.runtime.expression;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.ReferenceEvaluator.Failure;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Functions of dates and times of the {@link ReferenceEvaluator}. */
final class ReferenceDateTime {
    private ReferenceDateTime() {}

    static Object apply(FunctionCall call, List<Object> values) {
        return switch (call.function()) {
            case EXTRACT -> extract((String) values.get(0), values.get(1));
            case FLOOR_DATETIME -> as(floor((String) values.get(0), timestamp(values.get(1))), call.type());
            case CEILING_DATETIME -> as(ceiling((String) values.get(0), timestamp(values.get(1))), call.type());
            case ADD_INTERVAL -> add(values.get(0), (Long) values.get(1), call);
            case SUBTRACT_DATETIME -> ChronoUnit.MICROS.between(timestamp(values.get(1)), timestamp(values.get(0)));
            default -> difference(values);
        };
    }

    private static LocalDateTime timestamp(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return value instanceof LocalTime time ? LocalDate.EPOCH.atTime(time) : (LocalDateTime) value;
    }

    private static Object as(LocalDateTime timestamp, SqlType type) {
        if (timestamp.getYear() < 1 || timestamp.getYear() > 9999) {
            throw new Failure(ErrorCode.DATETIME_OVERFLOW);
        }
        return type.name() == TypeName.DATE ? timestamp.toLocalDate() : timestamp;
    }

    private static Object extract(String unit, Object value) {
        LocalDateTime timestamp = timestamp(value);
        return switch (unit) {
            case "YEAR" -> (long) timestamp.getYear();
            case "QUARTER" -> (long) timestamp.get(IsoFields.QUARTER_OF_YEAR);
            case "MONTH" -> (long) timestamp.getMonthValue();
            case "WEEK" -> (long) timestamp.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "ISOYEAR" -> (long) timestamp.get(IsoFields.WEEK_BASED_YEAR);
            case "DAY" -> (long) timestamp.getDayOfMonth();
            case "DOW" -> timestamp.getDayOfWeek().getValue() % 7 + 1L;
            case "ISODOW" -> (long) timestamp.getDayOfWeek().getValue();
            case "DOY" -> (long) timestamp.getDayOfYear();
            case "HOUR" -> (long) timestamp.getHour();
            case "MINUTE" -> (long) timestamp.getMinute();
            case "SECOND" -> (long) timestamp.getSecond();
            case "MILLISECOND" -> timestamp.getSecond() * 1_000L + timestamp.get(ChronoField.MILLI_OF_SECOND);
            case "MICROSECOND" -> timestamp.getSecond() * 1_000_000L + timestamp.get(ChronoField.MICRO_OF_SECOND);
            case "EPOCH" -> timestamp.toEpochSecond(ZoneOffset.UTC);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static LocalDateTime floor(String unit, LocalDateTime timestamp) {
        LocalDateTime day = timestamp.truncatedTo(ChronoUnit.DAYS);
        return switch (unit) {
            case "YEAR" -> day.withDayOfYear(1);
            case "QUARTER" -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
            case "MONTH" -> day.withDayOfMonth(1);
            case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "DAY" -> day;
            default -> timestamp.truncatedTo(ChronoUnit.valueOf(unit + "S"));
        };
    }

    private static LocalDateTime ceiling(String unit, LocalDateTime timestamp) {
        LocalDateTime floor = floor(unit, timestamp);
        if (floor.equals(timestamp)) {
            return floor;
        }
        return unit.equals("QUARTER") ? floor.plusMonths(3) : floor.plus(1, ChronoUnit.valueOf(unit + "S"));
    }

    private static Object add(Object value, long interval, FunctionCall call) {
        boolean months = call.argument(1).type().name() == TypeName.INTERVAL_MONTHS;
        if (value instanceof LocalTime time) {
            BigInteger nanos = BigInteger.valueOf(interval).multiply(BigInteger.valueOf(1_000));
            long inDay = nanos.mod(BigInteger.valueOf(86_400_000_000_000L)).longValue();
            return months
                    ? time
                    : ReferenceCasts.truncated(
                            time.plusNanos(inDay), call.type().precision());
        }
        LocalDateTime timestamp = timestamp(value);
        LocalDateTime sum = months ? timestamp.plusMonths(interval) : timestamp.plus(interval, ChronoUnit.MICROS);
        Object result = as(sum, call.type());
        return months || result instanceof LocalDate
                ? result
                : ReferenceCasts.truncated((LocalDateTime) result, call.type().precision());
    }

    private static Object difference(List<Object> values) {
        String unit = (String) values.get(0);
        LocalDateTime from = timestamp(values.get(1));
        LocalDateTime to = timestamp(values.get(2));
        return switch (unit) {
            case "YEAR" -> months(from, to) / 12;
            case "QUARTER" -> months(from, to) / 3;
            case "MONTH" -> months(from, to);
            default -> ChronoUnit.valueOf(unit + "S").between(from, to);
        };
    }

    private static long months(LocalDateTime from, LocalDateTime to) {
        return ChronoUnit.MONTHS.between(from, to);
    }
}
