package io.thalweg.server.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 256 MiB}. */
public final class ByteSize {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([KMGT]I?B|B)?", Pattern.CASE_INSENSITIVE);
    private static final Map<Character, Integer> SHIFTS = Map.of('B', 0, 'K', 10, 'M', 20, 'G', 30, 'T', 40);
    private static final String UNITS = "BKMGT";

    private ByteSize() {}

    /** Throws {@link IllegalArgumentException} if the text is no size; KB and KiB both are 1,024 bytes. */
    public static long parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << SHIFTS.getOrDefault(unit.charAt(0), 0));
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("too large", overflow);
        }
    }

    /** The size in the largest unit that it is a whole number of. */
    public static String format(long bytes) {
        int unit = 0;
        long value = bytes;
        while (unit < UNITS.length() - 1 && value != 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + " " + (unit == 0 ? "bytes" : UNITS.charAt(unit) + "iB");
    }
}
