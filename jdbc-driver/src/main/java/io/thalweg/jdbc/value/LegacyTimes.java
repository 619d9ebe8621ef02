package io.thalweg.jdbc.value;

import io.thalweg.model.SuppressForbidden;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;

/**
 * The date types of {@code java.sql}, which are points in time and so need a time zone: a calendar's, which is used and
 * changed, or else the virtual machine's.
 */
public final class LegacyTimes {
    private LegacyTimes() {}

    /** A calendar in the time zone of the virtual machine. */
    @SuppressForbidden(reason = "JDBC says that java.sql dates are in the virtual machine's time zone")
    public static Calendar machineCalendar() {
        return new GregorianCalendar();
    }

    public static Date date(CellReader cells, int column, Calendar calendar) {
        LocalDate date = cells.isPointInTime(column)
                ? LocalDate.ofInstant(cells.instant(column), zone(calendar))
                : cells.date(column);
        return new Date(millis(date.atStartOfDay(), calendar));
    }

    public static Time time(CellReader cells, int column, Calendar calendar) {
        LocalTime time = cells.isPointInTime(column)
                ? LocalTime.ofInstant(cells.instant(column), zone(calendar))
                : cells.time(column);
        return new Time(millis(time.atDate(LocalDate.EPOCH), calendar) + time.getNano() / 1_000_000);
    }

    public static Timestamp timestamp(CellReader cells, int column, Calendar calendar) {
        if (cells.isPointInTime(column)) {
            return Timestamp.from(cells.instant(column));
        }
        LocalDateTime local = cells.timestamp(column);
        Timestamp timestamp = new Timestamp(millis(local, calendar));
        timestamp.setNanos(local.getNano());
        return timestamp;
    }

    public static LocalDate localDate(Date date, Calendar calendar) {
        return local(date.getTime(), calendar).toLocalDate();
    }

    public static LocalTime localTime(Time time, Calendar calendar) {
        long millis = time.getTime();
        return local(millis, calendar).toLocalTime().withNano((int) Math.floorMod(millis, 1_000L) * 1_000_000);
    }

    public static LocalDateTime localTimestamp(Timestamp timestamp, Calendar calendar) {
        return local(timestamp.getTime(), calendar).withNano(timestamp.getNanos());
    }

    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(Math.floorDiv(timestamp.getTime(), 1_000L), timestamp.getNanos());
    }

    private static ZoneId zone(Calendar calendar) {
        return calendar.getTimeZone().toZoneId();
    }

    private static long millis(LocalDateTime local, Calendar calendar) {
        calendar.clear();
        calendar.set(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
        return calendar.getTimeInMillis();
    }

    private static LocalDateTime local(long millis, Calendar calendar) {
        calendar.setTimeInMillis(millis);
        int year = calendar.get(Calendar.YEAR);
        return LocalDateTime.of(
                calendar.get(Calendar.ERA) == 0 ? 1 - year : year,
                calendar.get(Calendar.MONTH) + 1,
                calendar.get(Calendar.DAY_OF_MONTH),
                calendar.get(Calendar.HOUR_OF_DAY),
                calendar.get(Calendar.MINUTE),
                calendar.get(Calendar.SECOND));
    }
}
