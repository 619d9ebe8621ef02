package io.thalweg.model.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Values as people read them: {@code 2001-01-01 10:00:00.5}. For the edges, not for per-row code. */
public final class ValueText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendLiteral('-')
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .appendLiteral('-')
            .appendValue(ChronoField.DAY_OF_MONTH, 2)
            .toFormatter(Locale.ROOT);

    private ValueText() {}

    /** {@code 2001-01-31}. */
    public static String date(int days) {
        return DATE.format(LocalDate.ofEpochDay(days));
    }

    /** {@code 10:00:00.5} with so many fractional digits. */
    public static String time(long micros, int precision) {
        return clock(micros, precision);
    }

    /** {@code 2001-01-31 10:00:00.5} with so many fractional digits. */
    public static String timestamp(long micros, int precision) {
        LocalDateTime value = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
        long ofDay = Math.floorMod(micros, 86_400 * MICROS_PER_SECOND);
        return DATE.format(value.toLocalDate()) + ' ' + clock(ofDay, precision);
    }

    private static String clock(long micros, int precision) {
        long seconds = micros / MICROS_PER_SECOND;
        StringBuilder text = new StringBuilder(15);
        twoDigits(text, seconds / 3600).append(':');
        twoDigits(text, seconds / 60 % 60).append(':');
        twoDigits(text, seconds % 60);
        if (precision > 0) {
            String fraction = Long.toString(MICROS_PER_SECOND + micros % MICROS_PER_SECOND);
            text.append('.').append(fraction, 1, 1 + precision);
        }
        return text.toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, long value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** {@code 12.50}: an unscaled value with its point. */
    public static String decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale).toPlainString();
    }

    /** {@code 12.50}: an unscaled value with its point. */
    public static String decimal(BigInteger unscaled, int scale) {
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    /** {@code 1-06}: years and months. */
    public static String months(int months) {
        int absolute = Math.abs(months);
        return (months < 0 ? "-" : "") + absolute / 12 + '-' + (absolute % 12 < 10 ? "0" : "") + absolute % 12;
    }

    /** {@code 1 10:00:00.5}: days and time. */
    public static String micros(long micros) {
        long absolute = Math.abs(micros);
        long day = 86_400 * MICROS_PER_SECOND;
        return (micros < 0 ? "-" : "")
                + absolute / day
                + ' '
                + clock(absolute % day, absolute % MICROS_PER_SECOND == 0 ? 0 : 6);
    }
}
