package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.server.config.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The options of a stream that say how its watermark goes on. Values have one normal form. */
public enum WatermarkOption implements ObjectOption {
    /** After how long without rows a partition does not hold the watermark back any more. */
    IDLE_TIMEOUT("watermark.idle.timeout", "never", "100 ms to 365 d, such as 10 s, or never");

    private static final long MIN_MILLIS = 100;
    private static final long MAX_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final String key;
    private final String never;
    private final String range;

    WatermarkOption(String key, String never, String range) {
        this.key = key;
        this.never = never;
        this.range = range;
    }

    /** The options that an object of this kind has. */
    static List<WatermarkOption> of(ObjectKind kind) {
        return kind == ObjectKind.STREAM ? Arrays.asList(values()) : List.of();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String defaultValue() {
        return never;
    }

    @Override
    public String range() {
        return range;
    }

    @Override
    public String normalForm(String text) {
        return text.equals(never) ? text : Duration.format(Duration.parseMillis(text, MIN_MILLIS, MAX_MILLIS));
    }

    /** How long a partition may be silent, in milliseconds; empty if that is for ever. */
    public static Optional<Long> idleTimeoutMillis(ObjectProperties properties) {
        String value = IDLE_TIMEOUT.value(properties);
        return value.equals(IDLE_TIMEOUT.never)
                ? Optional.empty()
                : Optional.of(Duration.parseMillis(value, 0, MAX_MILLIS));
    }
}
