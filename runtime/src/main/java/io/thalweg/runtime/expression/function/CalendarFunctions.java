package io.thalweg.runtime.expression.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** Functions of the calendar and of time zones. */
public final class CalendarFunctions {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private CalendarFunctions() {}

    public static int lastDay(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return day - date.getDayOfMonth() + date.lengthOfMonth();
    }

    public static void dayName(int day, Slice result) {
        result.setText(LocalDate.ofEpochDay(day).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    public static void monthName(int day, Slice result) {
        result.setText(LocalDate.ofEpochDay(day).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    public static int makeDate(int year, int month, int day) {
        try {
            return DateTimeFunctions.checkedDay(LocalDate.of(year, month, day).toEpochDay());
        } catch (DateTimeException e) {
            throw EvaluationErrors.argument("there is no day " + day + " of month " + month + " in year " + year);
        }
    }

    public static long timestampFromSeconds(long seconds) {
        try {
            return DateTimeFunctions.checkedTimestamp(Math.multiplyExact(seconds, MICROS_PER_SECOND));
        } catch (ArithmeticException e) {
            throw EvaluationErrors.datetimeOverflow();
        }
    }

    /** The local time of one zone as that of another; in a gap of the first, what its clocks had been before. */
    public static long convertTimeZone(long timestamp, Slice from, Slice to) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(timestamp, MICROS_PER_SECOND),
                (int) Math.floorMod(timestamp, MICROS_PER_SECOND) * 1000,
                ZoneOffset.UTC);
        Instant instant = local.atZone(zone(from)).toInstant();
        LocalDateTime there = LocalDateTime.ofInstant(instant, zone(to));
        return DateTimeFunctions.checkedTimestamp(
                there.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND + there.getNano() / 1000);
    }

    private static ZoneId zone(Slice name) {
        try {
            return ZoneId.of(name.text());
        } catch (DateTimeException e) {
            throw EvaluationErrors.argument(EvaluationErrors.quoted(name.text()) + " is not a time zone");
        }
    }
}
