package io.thalweg.runtime.expression.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@link DateTimeFormatter} for timestamps, with names in English. A pattern of the fields yyyy MM dd HH mm ss
 * SSS and of literals is applied to bytes, any other through java.time. Reading is strict: there is no 30 February.
 */
public final class DateTimePattern {
    private static final int LITERAL = 0;
    private static final long FAILED = Long.MIN_VALUE;

    private final String pattern;
    private final DateTimeFormatter printer;
    private final DateTimeFormatter parser;
    private final @Nullable List<Field> fields;
    private final int length;

    /** Some characters of the same letter, or a literal character. */
    private record Field(int letter, int width, byte literal) {}

    public DateTimePattern(String pattern) {
        this.pattern = pattern;
        try {
            printer = DateTimeFormatter.ofPattern(pattern, Locale.US);
            parser =
                    DateTimeFormatter.ofPattern(withoutEra(pattern), Locale.US).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException malformed) {
            throw EvaluationErrors.argument("pattern " + EvaluationErrors.quoted(pattern) + " is no date-time pattern");
        }
        fields = simpleFields(pattern);
        length = fields == null ? 0 : fields.stream().mapToInt(Field::width).sum();
    }

    /** The pattern with the year (u) for the year of an era (y), which strict reading refuses without the era. */
    private static String withoutEra(String pattern) {
        StringBuilder changed = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            quoted ^= pattern.charAt(i) == '\'';
            if (!quoted && pattern.charAt(i) == 'y' && pattern.indexOf('G') < 0) {
                changed.setCharAt(i, 'u');
            }
        }
        return changed.toString();
    }

    /** The fields of a pattern that has simple ones only, otherwise null. */
    private static @Nullable List<Field> simpleFields(String pattern) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            char next = pattern.charAt(at);
            int end = at;
            while (end < pattern.length() && pattern.charAt(end) == next) {
                end++;
            }
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            if (letter && isSimple(next, end - at)) {
                fields.add(new Field(next == 'u' ? 'y' : next, end - at, (byte) 0));
                at = end;
            } else if (letter || next >= 0x80 || "[]{}#".indexOf(next) >= 0) {
                return null;
            } else if (next == '\'') {
                int close = pattern.indexOf('\'', at + 1);
                String literal = pattern.substring(at + 1, close);
                boolean doubled = literal.isEmpty() || pattern.startsWith("'", close + 1);
                if (doubled || !literal.chars().allMatch(c -> c < 0x80)) {
                    return null;
                }
                literal.chars().forEach(c -> fields.add(new Field(LITERAL, 1, (byte) c)));
                at = close + 1;
            } else {
                fields.add(new Field(LITERAL, 1, (byte) next));
                at++;
            }
        }
        return fields;
    }

    private static boolean isSimple(char letter, int width) {
        return switch (letter) {
            case 'y', 'u' -> width == 4;
            case 'M', 'd', 'H', 'm', 's' -> width == 2;
            case 'S' -> width <= 9;
            default -> false;
        };
    }

    public void format(long timestamp, Slice result) {
        List<Field> simple = fields;
        if (simple == null) {
            formatSlowly(timestamp, result);
            return;
        }
        long day = DateTimeFunctions.dayOf(timestamp);
        long time = timestamp - day * DateTimeFunctions.MICROS_PER_DAY;
        long civil = CivilDate.of(day);
        byte[] bytes = result.reserve(length);
        int at = 0;
        for (int i = 0; i < simple.size(); i++) {
            Field field = simple.get(i);
            if (field.letter == LITERAL) {
                bytes[at++] = field.literal;
            } else {
                at = NumberText.writePadded(value(field, civil, time), field.width, bytes, at);
            }
        }
        result.length = at;
    }

    private static long value(Field field, long civil, long time) {
        return switch (field.letter) {
            case 'y' -> CivilDate.year(civil);
            case 'M' -> CivilDate.month(civil);
            case 'd' -> CivilDate.dayOfMonth(civil);
            case 'H' -> time / DateTimeFunctions.MICROS_PER_HOUR;
            case 'm' -> time / DateTimeFunctions.MICROS_PER_MINUTE % 60;
            case 's' -> time / DateTimeFunctions.MICROS_PER_SECOND % 60;
            default -> fraction(time % DateTimeFunctions.MICROS_PER_SECOND, field.width);
        };
    }

    private static long fraction(long micros, int digits) {
        return digits <= 6
                ? micros / WideArithmetic.longPower(6 - digits)
                : micros * WideArithmetic.longPower(digits - 6);
    }

    private void formatSlowly(long timestamp, Slice result) {
        long second = Math.floorDiv(timestamp, DateTimeFunctions.MICROS_PER_SECOND);
        long nanos = (timestamp - second * DateTimeFunctions.MICROS_PER_SECOND) * 1_000;
        try {
            result.setText(printer.format(Instant.ofEpochSecond(second, nanos).atOffset(ZoneOffset.UTC)));
        } catch (DateTimeException unprintable) {
            throw EvaluationErrors.argument(
                    "a timestamp cannot be written with pattern " + EvaluationErrors.quoted(pattern));
        }
    }

    /** The timestamp that a text stands for; a zone in it is converted to UTC, a missing time is midnight. */
    public long parse(Slice text) {
        List<Field> simple = fields;
        long timestamp = simple == null ? parseSlowly(text) : parse(text, simple);
        if (timestamp == FAILED) {
            throw EvaluationErrors.datetimeFormat("cannot read timestamp " + EvaluationErrors.quoted(text.text())
                    + " with pattern " + EvaluationErrors.quoted(pattern));
        }
        return DateTimeFunctions.checkedTimestamp(timestamp);
    }

    private long parse(Slice text, List<Field> simple) {
        if (text.length != length) {
            return FAILED;
        }
        int year = 0;
        int month = 1;
        int day = 1;
        long time = 0;
        int at = text.start;
        for (int i = 0; i < simple.size(); i++) {
            Field field = simple.get(i);
            if (field.letter == LITERAL) {
                if (text.data[at++] != field.literal) {
                    return FAILED;
                }
                continue;
            }
            int value = digits(text.data, at, field.width);
            at += field.width;
            switch (field.letter) {
                case 'y' -> year = value;
                case 'M' -> month = value;
                case 'd' -> day = value;
                default -> {
                    long micros = micros(field, value);
                    time = micros < 0 || time < 0 ? -1 : time + micros;
                }
            }
        }
        if (time < 0 || !CivilDate.exists(year, month, day)) {
            return FAILED;
        }
        return CivilDate.day(year, month, day) * DateTimeFunctions.MICROS_PER_DAY + time;
    }

    /** What a field of the time adds, negative if it has no such value. */
    private static long micros(Field field, int value) {
        return switch (field.letter) {
            case 'H' -> value > 23 ? -1 : value * DateTimeFunctions.MICROS_PER_HOUR;
            case 'm' -> value > 59 ? -1 : value * DateTimeFunctions.MICROS_PER_MINUTE;
            case 's' -> value > 59 ? -1 : value * DateTimeFunctions.MICROS_PER_SECOND;
            default ->
                field.width <= 6
                        ? value * WideArithmetic.longPower(6 - field.width)
                        : value < 0 ? -1 : value / WideArithmetic.longPower(field.width - 6);
        };
    }

    private static int digits(byte[] data, int start, int width) {
        int value = 0;
        for (int i = start; i < start + width; i++) {
            if (!NumberText.isDigit(data[i])) {
                return -1;
            }
            value = value * 10 + (data[i] - '0');
        }
        return value;
    }

    private long parseSlowly(Slice text) {
        try {
            TemporalAccessor parsed = parser.parse(text.text());
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                return FAILED;
            }
            ZoneOffset offset = parsed.query(TemporalQueries.offset());
            long zone = offset == null ? 0 : offset.getTotalSeconds() * DateTimeFunctions.MICROS_PER_SECOND;
            return date.toEpochDay() * DateTimeFunctions.MICROS_PER_DAY + timeOf(parsed) - zone;
        } catch (DateTimeException unreadable) {
            return FAILED;
        }
    }

    private static long timeOf(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time.toNanoOfDay() / 1_000;
        }
        return field(parsed, ChronoField.HOUR_OF_DAY) * DateTimeFunctions.MICROS_PER_HOUR
                + field(parsed, ChronoField.MINUTE_OF_HOUR) * DateTimeFunctions.MICROS_PER_MINUTE
                + field(parsed, ChronoField.SECOND_OF_MINUTE) * DateTimeFunctions.MICROS_PER_SECOND;
    }

    private static long field(TemporalAccessor parsed, ChronoField field) {
        return parsed.isSupported(field) ? parsed.getLong(field) : 0;
    }
}
