package io.thalweg.server.config;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.function.Function;

/**
 * The only declaration of an option. Everything else, from the command line to the reference page, is made from it.
 *
 * @param name the key in the file, and after two dashes the option on the command line
 * @param defaultValue what holds if nobody says anything, written as a user would write it
 * @param range which values are possible, for people
 * @param sentence what the option does
 * @param reader makes the value from its text; throws {@link IllegalArgumentException} if it is outside the range
 */
public record ConfigOption<T>(
        String name, String defaultValue, String range, String sentence, Function<String, T> reader) {
    /** The value of a text; the error names the option and its range. */
    public T read(String text) {
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException outside) {
            throw new ThalwegException(ErrorCode.OPTION_OUT_OF_RANGE, "option " + name + " cannot be " + text)
                    .withHint("Possible: " + range + ".");
        }
    }

    static ConfigOption<Integer> integer(String name, int defaultValue, int min, int max, String sentence) {
        return new ConfigOption<>(name, String.valueOf(defaultValue), min + " to " + max, sentence, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("outside the range");
            }
            return value;
        });
    }

    static ConfigOption<Long> bytes(String name, String defaultValue, long min, long max, String sentence) {
        String range = ByteSize.format(min) + " to " + ByteSize.format(max);
        return new ConfigOption<>(name, defaultValue, range, sentence, text -> {
            long value = ByteSize.parse(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException("outside the range");
            }
            return value;
        });
    }
}
