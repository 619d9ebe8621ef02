package io.thalweg.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30 s}, {@code 7 days}. */
public final class Duration {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");
    private static final String[] UNITS = {"d", "h", "min", "s"};

    private Duration() {}

    /** The milliseconds of a text, in which a bare number counts milliseconds; see {@link #parseMillis(String, long, long)}. */
    public static long parseMillis(String text, long maxMillis) {
        return text.matches("\\d{1,12}") ? parseMillis(text + " ms", 0, maxMillis) : parseMillis(text, 0, maxMillis);
    }

    /** The milliseconds of a text; throws {@link IllegalArgumentException} if it is no duration or outside the range. */
    public static long parseMillis(String text, long minMillis, long maxMillis) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = unitMillis(matcher.group(2));
        if (number > maxMillis / unit || number * unit < minMillis) {
            throw new IllegalArgumentException("too long or too short");
        }
        return number * unit;
    }

    /** The duration in the largest unit that it is a whole number of. */
    public static String format(long millis) {
        for (String unit : UNITS) {
            if (millis != 0 && millis % unitMillis(unit) == 0) {
                return millis / unitMillis(unit) + " " + unit;
            }
        }
        return millis + " ms";
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms", "millisecond", "milliseconds" -> 1;
            case "s", "second", "seconds" -> 1_000;
            case "min", "minute", "minutes" -> 60_000;
            case "h", "hour", "hours" -> 3_600_000;
            case "d", "day", "days" -> 86_400_000;
            default -> throw new IllegalArgumentException("not a unit of time: " + unit);
        };
    }
}
