package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times from text in the SQL format, to the microsecond. */
final class DateTimeText {
    private static final Pattern FORMAT = Pattern.compile(
            "(?:(\\d{4})-(\\d{1,2})-(\\d{1,2}))?(?:(?:^|[ T])(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?");
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final int MICRO_DIGITS = 6;

    private DateTimeText() {}

    /** The microseconds since 1970 of {@code 2001-02-03 04:05:06.789}. */
    static long epochMicros(String text) {
        LocalDateTime time = parse(text).orElseThrow(() -> malformed(text, "TIMESTAMP"));
        return time.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND + time.getNano() / 1_000;
    }

    /** The microseconds since midnight of {@code 04:05:06.789}. */
    static long microsOfDay(String text) {
        return parse("1970-01-01 " + text)
                        .orElseThrow(() -> malformed(text, "TIME"))
                        .toLocalTime()
                        .toNanoOfDay()
                / 1_000;
    }

    static ThalwegException malformed(String text, String type) {
        return new ThalwegException(ErrorCode.DATETIME_FORMAT, "text '" + text + "' is not a " + type)
                .withHint("The format is 2001-12-31 for a DATE, 23:59:59 for a TIME, and both for a TIMESTAMP.");
    }

    /** The literal that text stands for; empty if the text is malformed or finer than the type. */
    static Optional<Literal> literal(String text, SqlType type) {
        String trimmed = text.strip();
        return switch (type.name()) {
            case DATE ->
                parse(trimmed)
                        .filter(t -> t.toLocalTime().equals(LocalTime.MIDNIGHT) && trimmed.indexOf(':') < 0)
                        .map(t -> new Literal((int) t.toLocalDate().toEpochDay(), type.notNull()));
            case TIME ->
                trimmed.indexOf('-') >= 0
                        ? Optional.empty()
                        : parse("1970-01-01 " + trimmed)
                                .filter(t -> fits(t, type))
                                .map(t -> new Literal(t.toLocalTime().toNanoOfDay() / 1_000, type.notNull()));
            case TIMESTAMP ->
                parse(trimmed)
                        .filter(t -> fits(t, type))
                        .map(t -> new Literal(
                                ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), t), type.notNull()));
            default -> Optional.empty();
        };
    }

    private static boolean fits(LocalDateTime time, SqlType type) {
        long unit = 1_000;
        for (int i = type.precision(); i < MICRO_DIGITS; i++) {
            unit *= 10;
        }
        return time.getNano() % unit == 0;
    }

    private static Optional<LocalDateTime> parse(String text) {
        Matcher fields = FORMAT.matcher(text);
        if (!fields.matches() || fields.group(1) == null) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(number(fields, 1), number(fields, 2), number(fields, 3));
            LocalTime time =
                    LocalTime.of(number(fields, 4), number(fields, 5), number(fields, 6), nanos(fields.group(7)));
            return Optional.of(LocalDateTime.of(date, time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher fields, int group) {
        String digits = fields.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }
}
