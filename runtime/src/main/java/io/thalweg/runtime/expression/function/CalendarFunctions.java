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

    public static long makeTime(int hour, int minute, double second) {
        boolean exists = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        long micros = Math.min(Math.round(second * MICROS_PER_SECOND), 60 * MICROS_PER_SECOND - 1);
        if (!exists) {
            throw EvaluationErrors.argument("there is no time " + hour + ":" + minute + ":" + second);
        }
        return (hour * 60L + minute) * 60 * MICROS_PER_SECOND + micros;
    }

    /** The timestamp of a day and of a time of day. */
    public static long timestamp(int day, long time) {
        return DateTimeFunctions.dateToTimestamp(day) + time;
    }

    /**
     * Months from one time to another: whole ones where both are the same day of the month or both the last of theirs,
     * otherwise with the difference of days and times as a part of 31 days.
     */
    public static double monthsBetween(long to, long from) {
        long toDay = DateTimeFunctions.dayOf(to);
        long fromDay = DateTimeFunctions.dayOf(from);
        long toCivil = CivilDate.of(toDay);
        long fromCivil = CivilDate.of(fromDay);
        long months = (CivilDate.year(toCivil) - CivilDate.year(fromCivil)) * 12L
                + CivilDate.month(toCivil)
                - CivilDate.month(fromCivil);
        int days = CivilDate.dayOfMonth(toCivil) - CivilDate.dayOfMonth(fromCivil);
        boolean bothLast = lastDay((int) toDay) == toDay && lastDay((int) fromDay) == fromDay;
        if (days == 0 || bothLast) {
            return months;
        }
        long times =
                (to - toDay * DateTimeFunctions.MICROS_PER_DAY) - (from - fromDay * DateTimeFunctions.MICROS_PER_DAY);
        double month = 31.0 * DateTimeFunctions.MICROS_PER_DAY;
        return months + (days * DateTimeFunctions.MICROS_PER_DAY + times) / month;
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
