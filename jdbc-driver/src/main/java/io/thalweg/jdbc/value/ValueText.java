package io.thalweg.jdbc.value;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** Values as text, in the form that SQL literals have. */
final class ValueText {
    private static final String HEX = "0123456789abcdef";

    private ValueText() {}

    static String date(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    static String time(long microsOfDay, int precision) {
        StringBuilder text = new StringBuilder(15);
        appendTime(text, Math.floorMod(microsOfDay, Micros.PER_DAY), precision);
        return text.toString();
    }

    static String timestamp(long micros, int precision) {
        return timestampBuilder(micros, precision).toString();
    }

    /** In UTC, and saying so by a Z at the end. */
    static String instant(long micros, int precision) {
        return timestampBuilder(micros, precision).append('Z').toString();
    }

    static String months(int months) {
        int positive = Math.abs(months);
        return (months < 0 ? "-" : "") + positive / 12 + "-" + positive % 12;
    }

    static String interval(long micros) {
        StringBuilder text = new StringBuilder(24);
        if (micros < 0) {
            text.append('-');
        }
        long positive = Math.abs(micros);
        text.append(positive / Micros.PER_DAY).append(' ');
        appendTime(text, positive % Micros.PER_DAY, 6);
        return text.toString();
    }

    static String hexadecimal(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            text.append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
        }
        return text.toString();
    }

    private static StringBuilder timestampBuilder(long micros, int precision) {
        LocalDateTime timestamp = Micros.toTimestamp(micros);
        StringBuilder text =
                new StringBuilder(27).append(timestamp.toLocalDate()).append(' ');
        appendTime(text, Math.floorMod(micros, Micros.PER_DAY), precision);
        return text;
    }

    private static void appendTime(StringBuilder text, long microsOfDay, int precision) {
        int seconds = (int) (microsOfDay / Micros.PER_SECOND);
        appendTwoDigits(text, seconds / 3_600).append(':');
        appendTwoDigits(text, seconds / 60 % 60).append(':');
        appendTwoDigits(text, seconds % 60);
        if (precision > 0) {
            text.append('.');
            long divisor = Micros.PER_SECOND;
            long fraction = microsOfDay % Micros.PER_SECOND;
            for (int digit = 0; digit < precision; digit++) {
                divisor /= 10;
                text.append((char) ('0' + fraction / divisor % 10));
            }
        }
    }

    private static StringBuilder appendTwoDigits(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
