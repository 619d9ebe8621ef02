package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Text to values, in the forms that SQL literals have; everything else is an error that shows the text. */
final class TextParser {
    private static final int SHOWN_CHARACTERS = 40;

    private TextParser() {}

    static ThalwegException notA(String kind, String text) {
        String shown = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
        return new ThalwegException(ErrorCode.CAST_FAILURE, "text '" + shown + "' is not a " + kind);
    }

    static BigDecimal decimal(String text) {
        try {
            BigDecimal value = new BigDecimal(text.trim());
            // An exponent of a billion is a few characters, and a few gigabytes when written out.
            if (Math.abs((long) value.scale()) > 1_000) {
                throw notA("number of a usable size", text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw notA("number", text);
        }
    }

    static double floating(String text) {
        try {
            return Double.parseDouble(text.trim());
        } catch (NumberFormatException e) {
            throw notA("number", text);
        }
    }

    static boolean truth(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1", "yes", "on" -> true;
            case "false", "f", "0", "no", "off" -> false;
            default -> throw notA("truth value", text);
        };
    }

    static LocalDate date(String text) {
        try {
            String trimmed = text.trim();
            return trimmed.length() > 10 ? timestamp(trimmed).toLocalDate() : LocalDate.parse(trimmed);
        } catch (DateTimeException e) {
            throw notA("date", text);
        }
    }

    static LocalTime time(String text) {
        try {
            return LocalTime.parse(text.trim());
        } catch (DateTimeException e) {
            throw notA("time", text);
        }
    }

    /** Date and time with a space or a T between them; a date alone is its midnight. */
    static LocalDateTime timestamp(String text) {
        try {
            String trimmed = text.trim();
            return trimmed.length() <= 10
                    ? LocalDate.parse(trimmed).atStartOfDay()
                    : LocalDateTime.parse(trimmed.replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw notA("timestamp", text);
        }
    }

    /** A timestamp with an offset at its end; without one it is UTC. */
    static Instant instant(String text) {
        String joined = text.trim().replaceFirst(" ", "T").replace(" ", "");
        try {
            return OffsetDateTime.parse(joined).toInstant();
        } catch (DateTimeException e) {
            return timestamp(text).toInstant(ZoneOffset.UTC);
        }
    }
}
