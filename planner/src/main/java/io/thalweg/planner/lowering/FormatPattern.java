package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pattern of FORMAT: text with places such as {@code %s}, {@code %2$s} or {@code %-10s}; {@code %%} is a sign itself. */
final class FormatPattern {
    private static final int MAX_WIDTH = 10_000;
    private static final Pattern PLACE = Pattern.compile("%(?:%|(?:(\\d{1,4})\\$)?(-)?(\\d{1,5})?s)");

    private FormatPattern() {}

    /**
     * A part of a pattern.
     *
     * @param text what stands there, for a part without an argument
     * @param argument the number of the value, counted from 1; 0 for a text
     * @param width how long the value is at least
     * @param toTheLeft whether it is filled on its right
     */
    record Part(String text, int argument, int width, boolean toTheLeft) {}

    static List<Part> read(String pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher place = PLACE.matcher(pattern);
        int next = 1;
        int at = 0;
        while (at < pattern.length()) {
            if (pattern.charAt(at) != '%') {
                text.append(pattern.charAt(at++));
                continue;
            }
            if (!place.region(at, pattern.length()).lookingAt()) {
                throw new ThalwegException(
                                ErrorCode.ARGUMENT_OUT_OF_RANGE,
                                "pattern '" + pattern + "' of FORMAT has something else than %s at character "
                                        + (at + 1))
                        .withHint(
                                "There are %s, %2$s for the second value, %10s and %-10s, and %% for a percent sign.");
            }
            at = place.end();
            if (place.group().equals("%%")) {
                text.append('%');
                continue;
            }
            if (!text.isEmpty()) {
                parts.add(new Part(text.toString(), 0, 0, false));
                text.setLength(0);
            }
            int argument = place.group(1) == null ? next : Integer.parseInt(place.group(1));
            int width = place.group(3) == null ? 0 : Math.min(MAX_WIDTH, Integer.parseInt(place.group(3)));
            parts.add(new Part("", Math.max(argument, 1), width, place.group(2) != null));
            next = argument + 1;
        }
        if (!text.isEmpty()) {
            parts.add(new Part(text.toString(), 0, 0, false));
        }
        return parts;
    }
}
