package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** The patterns of DATE_FORMAT and TO_TIMESTAMP, checked while planning. */
final class DateTimePattern {
    private DateTimePattern() {}

    static void check(String pattern) {
        try {
            Objects.requireNonNull(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ThalwegException(
                            ErrorCode.DATETIME_FORMAT, "'" + pattern + "' is not a pattern for dates and times", e)
                    .withHint("A pattern looks like 'yyyy-MM-dd HH:mm:ss'.");
        }
    }
}
