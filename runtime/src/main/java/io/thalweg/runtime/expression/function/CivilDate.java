package io.thalweg.runtime.expression.function;

/**
 * The proleptic Gregorian calendar on days since 1970-01-01, for the years 0001 to 9999. The algorithms count years from
 * March, so that the leap day is the last of its year.
 */
final class CivilDate {
    /** 0001-01-01. */
    static final long MIN_DAY = -719_162;
    /** 9999-12-31. */
    static final long MAX_DAY = 2_932_896;

    private static final long DAYS_TO_EPOCH = 719_468;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int[] MONTH_LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private CivilDate() {}

    /** The day of a date, which must exist. */
    static long day(long year, int month, int dayOfMonth) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    }

    /** Year, month and day of month packed; {@link #year}, {@link #month} and {@link #dayOfMonth} unpack them. */
    static long of(long day) {
        long shifted = day + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | (long) month << 8 | dayOfMonth;
    }

    static int year(long civil) {
        return (int) (civil >> 16);
    }

    static int month(long civil) {
        return (int) (civil >> 8) & 0xFF;
    }

    static int dayOfMonth(long civil) {
        return (int) civil & 0xFF;
    }

    static int monthLength(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : MONTH_LENGTHS[month - 1];
    }

    private static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Whether there is such a date within the years 0001 to 9999. */
    static boolean exists(int year, int month, int dayOfMonth) {
        return year >= 1
                && year <= 9999
                && month >= 1
                && month <= 12
                && dayOfMonth >= 1
                && dayOfMonth <= monthLength(year, month);
    }

    /** The day so many months later; the day of the month is clipped to its end. */
    static long plusMonths(long day, long months) {
        long civil = of(day);
        long total = year(civil) * 12L + month(civil) - 1 + months;
        long year = Math.floorDiv(total, 12L);
        if (year < 1 || year > 9999) {
            throw EvaluationErrors.datetimeOverflow();
        }
        int month = (int) (total - year * 12) + 1;
        return day(year, month, Math.min(dayOfMonth(civil), monthLength((int) year, month)));
    }

    static int dayOfYear(long day, int year) {
        return (int) (day - day(year, 1, 1)) + 1;
    }

    /** 1 for Monday to 7 for Sunday. */
    static int isoDayOfWeek(long day) {
        return (int) Math.floorMod(day + 3, 7L) + 1;
    }

    /** The Thursday of the day's week: the year that it is in is that of the ISO week. */
    static long thursday(long day) {
        return day - isoDayOfWeek(day) + 4;
    }
}
