package io.thalweg.server.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30 s}; a bare number counts milliseconds. */
final class Duration {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(ms|s|min|h|d)?");
    private static final long MAX_MILLIS = 7L * 24 * 60 * 60 * 1_000;

    private Duration() {}

    /** Throws {@link IllegalArgumentException} if the text is no duration or longer than a week. */
    static long parseMillis(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = matcher.group(2) == null ? 1 : unitMillis(matcher.group(2));
        if (number > MAX_MILLIS / unit) {
            throw new IllegalArgumentException("too long");
        }
        return number * unit;
    }

    /** The duration in the largest unit that it is a whole number of. */
    static String format(long millis) {
        for (String unit : new String[] {"d", "h", "min", "s"}) {
            if (millis != 0 && millis % unitMillis(unit) == 0) {
                return millis / unitMillis(unit) + " " + unit;
            }
        }
        return millis + " ms";
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "min" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> throw new IllegalArgumentException("not a unit of time: " + unit);
        };
    }
}
