package io.thalweg.runtime.expression.function;

/**
 * Dates, times and intervals to text and back, on bytes.
 *
 * <pre>
 *   DATE             2024-02-29
 *   TIME(3)          23:59:59.999               seconds and fraction may be missing when read
 *   TIMESTAMP(3)     2024-02-29 23:59:59.999    also with T; the time may be missing when read
 *   TIMESTAMP_LTZ(3) 2024-02-29 23:59:59.999Z   without a zone it is read as UTC
 *   INTERVAL months  -1-06                      years and months
 *   INTERVAL micros  -3 12:30:00.500000         days and time
 * </pre>
 *
 * A text with a zone (Z, +hh, +hh:mm, +hhmm) is converted to UTC for both kinds of TIMESTAMP. Spaces around are ignored,
 * digits beyond the precision cut off.
 */
public final class DateTimeText {
    private static final int MAX_LENGTH = 40;
    private static final long FAILED = Long.MIN_VALUE;
    private static final long MAX_INTERVAL_DAYS = 100_000_000;

    private DateTimeText() {}

    public static int parseDate(Slice text, Conversion conversion) {
        int start = NumberText.first(text);
        int end = NumberText.end(text, start);
        int dateEnd = dateEnd(text.data, start, end);
        long day = dateEnd == end ? day(text.data, start, end) : FAILED;
        if (day == FAILED) {
            conversion.cannotRead(text);
            return 0;
        }
        return (int) day;
    }

    public static long parseTime(Slice text, int precision, Conversion conversion) {
        int start = NumberText.first(text);
        int end = NumberText.end(text, start);
        long time = time(text.data, start, end);
        if (time == FAILED) {
            conversion.cannotRead(text);
            return 0;
        }
        return DateTimeFunctions.truncated(time, precision);
    }

    public static long parseTimestamp(Slice text, int precision, Conversion conversion) {
        byte[] data = text.data;
        int start = NumberText.first(text);
        int end = NumberText.end(text, start);
        int dateEnd = dateEnd(data, start, end);
        long day = day(data, start, dateEnd);
        long time = 0;
        long zone = 0;
        if (dateEnd < end) {
            boolean separated = data[dateEnd] == ' ' || data[dateEnd] == 'T' || data[dateEnd] == 't';
            int zoneStart = zoneStart(data, dateEnd + 1, end);
            zone = zone(data, zoneStart, end);
            time = separated ? time(data, dateEnd + 1, trimmed(data, dateEnd + 1, zoneStart)) : FAILED;
        }
        if (day == FAILED || time == FAILED || zone == FAILED) {
            conversion.cannotRead(text);
            return 0;
        }
        long micros = day * DateTimeFunctions.MICROS_PER_DAY + time - zone;
        if (micros < DateTimeFunctions.MIN_TIMESTAMP || micros > DateTimeFunctions.MAX_TIMESTAMP) {
            conversion.datetimeOverflow();
            return 0;
        }
        return DateTimeFunctions.truncated(micros, precision);
    }

    private static int trimmed(byte[] data, int start, int end) {
        return end > start && data[end - 1] == ' ' ? end - 1 : end;
    }

    /** Where the date that a text begins with ends: at a T or a space. */
    private static int dateEnd(byte[] data, int start, int end) {
        for (int at = start; at < end; at++) {
            if (data[at] == ' ' || data[at] == 'T' || data[at] == 't') {
                return at;
            }
        }
        return end;
    }

    private static int zoneStart(byte[] data, int start, int end) {
        for (int at = start; at < end; at++) {
            if (data[at] == '+' || data[at] == '-' || (data[at] | 0x20) == 'z') {
                return at;
            }
        }
        return end;
    }

    private static long day(byte[] data, int start, int end) {
        int yearEnd = digitsEnd(data, start, end);
        int monthEnd = digitsEnd(data, yearEnd + 1, end);
        boolean shaped = yearEnd - start == 4
                && isAt(data, yearEnd, end, '-')
                && isNumber(yearEnd + 1, monthEnd)
                && isAt(data, monthEnd, end, '-')
                && isNumber(monthEnd + 1, end)
                && digitsEnd(data, monthEnd + 1, end) == end;
        if (!shaped) {
            return FAILED;
        }
        int year = number(data, start, yearEnd);
        int month = number(data, yearEnd + 1, monthEnd);
        int dayOfMonth = number(data, monthEnd + 1, end);
        return CivilDate.exists(year, month, dayOfMonth) ? CivilDate.day(year, month, dayOfMonth) : FAILED;
    }

    private static long time(byte[] data, int start, int end) {
        int hourEnd = digitsEnd(data, start, end);
        int minuteEnd = digitsEnd(data, hourEnd + 1, end);
        if (!isNumber(start, hourEnd) || !isAt(data, hourEnd, end, ':') || !isNumber(hourEnd + 1, minuteEnd)) {
            return FAILED;
        }
        long hour = number(data, start, hourEnd);
        long minute = number(data, hourEnd + 1, minuteEnd);
        long rest = minuteEnd == end ? 0 : seconds(data, minuteEnd, end);
        if (hour > 23 || minute > 59 || rest == FAILED) {
            return FAILED;
        }
        return hour * DateTimeFunctions.MICROS_PER_HOUR + minute * DateTimeFunctions.MICROS_PER_MINUTE + rest;
    }

    /** A colon, seconds, and optionally a fraction, in microseconds. */
    private static long seconds(byte[] data, int colon, int end) {
        int secondEnd = digitsEnd(data, colon + 1, end);
        if (data[colon] != ':' || !isNumber(colon + 1, secondEnd)) {
            return FAILED;
        }
        long second = number(data, colon + 1, secondEnd);
        if (second > 59) {
            return FAILED;
        }
        long micros = second * DateTimeFunctions.MICROS_PER_SECOND;
        if (secondEnd == end) {
            return micros;
        }
        if (data[secondEnd] != '.' || secondEnd + 1 == end || digitsEnd(data, secondEnd + 1, end) != end) {
            return FAILED;
        }
        long unit = DateTimeFunctions.MICROS_PER_SECOND / 10;
        for (int at = secondEnd + 1; at < end && unit > 0; at++) {
            micros += (data[at] - '0') * unit;
            unit /= 10;
        }
        return micros;
    }

    /** The distance of a zone from UTC in microseconds. */
    private static long zone(byte[] data, int start, int end) {
        if (start == end) {
            return 0;
        }
        if ((data[start] | 0x20) == 'z') {
            return start + 1 == end ? 0 : FAILED;
        }
        int hourEnd = Math.min(digitsEnd(data, start + 1, end), start + 3);
        int minuteStart = isAt(data, hourEnd, end, ':') ? hourEnd + 1 : hourEnd;
        boolean shaped = hourEnd == start + 3
                && (hourEnd == end || (minuteStart + 2 == end && digitsEnd(data, minuteStart, end) == end));
        if (!shaped) {
            return FAILED;
        }
        long hours = number(data, start + 1, hourEnd);
        long minutes = hourEnd == end ? 0 : number(data, minuteStart, end);
        if (hours > 18 || minutes > 59) {
            return FAILED;
        }
        long micros = hours * DateTimeFunctions.MICROS_PER_HOUR + minutes * DateTimeFunctions.MICROS_PER_MINUTE;
        return data[start] == '-' ? -micros : micros;
    }

    /** An interval of months: years and months, or months only. */
    public static int parseMonths(Slice text, Conversion conversion) {
        byte[] data = text.data;
        int at = NumberText.first(text);
        int end = NumberText.end(text, at);
        boolean negative = isAt(data, at, end, '-');
        int start = negative || isAt(data, at, end, '+') ? at + 1 : at;
        int firstEnd = digitsEnd(data, start, end);
        boolean years = isAt(data, firstEnd, end, '-');
        boolean shaped = firstEnd > start
                && firstEnd - start <= 7
                && (years ? isNumber(firstEnd + 1, end) && digitsEnd(data, firstEnd + 1, end) == end : firstEnd == end);
        if (!shaped || (years && number(data, firstEnd + 1, end) > 11)) {
            conversion.cannotRead(text);
            return 0;
        }
        int first = number(data, start, firstEnd);
        int months = years ? first * 12 + number(data, firstEnd + 1, end) : first;
        return negative ? -months : months;
    }

    /** An interval of microseconds: days, a time, or both. */
    public static long parseMicros(Slice text, Conversion conversion) {
        byte[] data = text.data;
        int at = NumberText.first(text);
        int end = NumberText.end(text, at);
        boolean negative = isAt(data, at, end, '-');
        int start = negative || isAt(data, at, end, '+') ? at + 1 : at;
        int daysEnd = digitsEnd(data, start, end);
        long days = 0;
        long time = 0;
        if (isAt(data, daysEnd, end, ':')) {
            time = time(data, start, end);
        } else if (daysEnd > start && daysEnd - start <= 9) {
            days = number(data, start, daysEnd);
            time = daysEnd == end ? 0 : data[daysEnd] == ' ' ? time(data, daysEnd + 1, end) : FAILED;
        } else {
            time = FAILED;
        }
        if (time == FAILED || days > MAX_INTERVAL_DAYS) {
            conversion.cannotRead(text);
            return 0;
        }
        long micros = days * DateTimeFunctions.MICROS_PER_DAY + time;
        return negative ? -micros : micros;
    }

    private static boolean isAt(byte[] data, int at, int end, char expected) {
        return at < end && data[at] == expected;
    }

    private static boolean isNumber(int start, int end) {
        return end - start == 1 || end - start == 2;
    }

    private static int digitsEnd(byte[] data, int start, int end) {
        int at = start;
        while (at < end && NumberText.isDigit(data[at])) {
            at++;
        }
        return at;
    }

    private static int number(byte[] data, int start, int end) {
        int value = 0;
        for (int at = start; at < end; at++) {
            value = value * 10 + (data[at] - '0');
        }
        return value;
    }

    public static void printDate(int day, Slice result) {
        result.length = writeDate(day, result.reserve(MAX_LENGTH), 0);
    }

    public static void printTime(long micros, int precision, Slice result) {
        result.length = writeTime(micros, precision, result.reserve(MAX_LENGTH), 0);
    }

    public static void printTimestamp(long micros, int precision, Slice result) {
        long day = DateTimeFunctions.dayOf(micros);
        byte[] bytes = result.reserve(MAX_LENGTH);
        int at = writeDate(day, bytes, 0);
        bytes[at++] = ' ';
        result.length = writeTime(micros - day * DateTimeFunctions.MICROS_PER_DAY, precision, bytes, at);
    }

    public static void printTimestampLtz(long micros, int precision, Slice result) {
        printTimestamp(micros, precision, result);
        result.data[result.length++] = 'Z';
    }

    public static void printMonths(int months, Slice result) {
        byte[] bytes = result.reserve(MAX_LENGTH);
        int at = 0;
        if (months < 0) {
            bytes[at++] = '-';
        }
        long absolute = Math.abs((long) months);
        at = NumberText.write(absolute / 12, bytes, at);
        bytes[at++] = '-';
        result.length = NumberText.writePadded(absolute % 12, 2, bytes, at);
    }

    public static void printMicros(long micros, Slice result) {
        byte[] bytes = result.reserve(MAX_LENGTH);
        int at = 0;
        if (micros < 0) {
            bytes[at++] = '-';
        }
        long days = Math.abs(micros / DateTimeFunctions.MICROS_PER_DAY);
        at = NumberText.write(days, bytes, at);
        bytes[at++] = ' ';
        result.length = writeTime(Math.abs(micros % DateTimeFunctions.MICROS_PER_DAY), 6, bytes, at);
    }

    private static int writeDate(long day, byte[] bytes, int start) {
        long civil = CivilDate.of(day);
        int at = NumberText.writePadded(CivilDate.year(civil), 4, bytes, start);
        bytes[at++] = '-';
        at = NumberText.writePadded(CivilDate.month(civil), 2, bytes, at);
        bytes[at++] = '-';
        return NumberText.writePadded(CivilDate.dayOfMonth(civil), 2, bytes, at);
    }

    private static int writeTime(long micros, int precision, byte[] bytes, int start) {
        int at = NumberText.writePadded(micros / DateTimeFunctions.MICROS_PER_HOUR, 2, bytes, start);
        bytes[at++] = ':';
        at = NumberText.writePadded(micros / DateTimeFunctions.MICROS_PER_MINUTE % 60, 2, bytes, at);
        bytes[at++] = ':';
        at = NumberText.writePadded(micros / DateTimeFunctions.MICROS_PER_SECOND % 60, 2, bytes, at);
        if (precision > 0) {
            bytes[at++] = '.';
            long fraction = micros % DateTimeFunctions.MICROS_PER_SECOND;
            at = NumberText.writePadded(fraction / WideArithmetic.longPower(6 - precision), precision, bytes, at);
        }
        return at;
    }
}
