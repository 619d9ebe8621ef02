package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.server.config.ByteSize;
import io.thalweg.server.config.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The options of {@code WITH} and {@code ALTER … SET}: the only declaration of each. Values have one normal form. */
public enum StorageOption implements ObjectOption {
    /** When an insert is acknowledged. */
    DURABILITY(
            "durability",
            "sync",
            "sync or os",
            List.of(ObjectKind.STREAM, ObjectKind.TABLE),
            text -> oneOf(text, "sync", "os")),
    /** How old rows become, by the time of their append. */
    RETENTION(
            "retention",
            Limits.FOREVER,
            "1 s to 36500 d, such as 7 d, or forever",
            List.of(ObjectKind.STREAM),
            StorageOption::normalRetention),
    /** How many bytes of rows each partition keeps. */
    RETENTION_BYTES(
            "retention.bytes",
            Limits.UNLIMITED,
            "1 KiB to 1024 TiB, such as 10 GiB, or unlimited",
            List.of(ObjectKind.STREAM),
            StorageOption::normalRetentionBytes),
    /** After how long superseded rows of a table can go. */
    COMPACTION_LAG(
            "compaction.lag",
            "1 h",
            "1 s to 365 d, such as 1 h",
            List.of(ObjectKind.TABLE),
            text -> Duration.format(Duration.parseMillis(text, 1_000, Limits.MAX_LAG_MILLIS))),
    /** How texts that hardly repeat are compressed in what is stored from then on. */
    COMPRESSION(
            "compression",
            "none",
            "none or lz4",
            List.of(ObjectKind.STREAM, ObjectKind.TABLE),
            text -> oneOf(text, "none", "lz4"));

    private final String key;
    private final String defaultValue;
    private final String range;
    private final List<ObjectKind> kinds;
    private final UnaryOperator<String> normalizer;

    /** Apart from the constants, which are made before the fields of the enumeration. */
    private static final class Limits {
        static final String FOREVER = "forever";
        static final String UNLIMITED = "unlimited";
        static final long MAX_RETENTION_MILLIS = TimeUnit.DAYS.toMillis(36_500);
        static final long MAX_LAG_MILLIS = TimeUnit.DAYS.toMillis(365);
        static final long MAX_BYTES = 1L << 50;
    }

    StorageOption(
            String key, String defaultValue, String range, List<ObjectKind> kinds, UnaryOperator<String> normalizer) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.range = range;
        this.kinds = List.copyOf(kinds);
        this.normalizer = normalizer;
    }

    /** The options that an object of this kind has. */
    static List<StorageOption> of(ObjectKind kind) {
        return Arrays.stream(values())
                .filter(option -> option.kinds.contains(kind))
                .toList();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String defaultValue() {
        return defaultValue;
    }

    @Override
    public String range() {
        return range;
    }

    @Override
    public String normalForm(String text) {
        return normalizer.apply(text);
    }

    /** The greatest age of rows in milliseconds; empty if there is none. */
    public static Optional<Long> retentionMillis(ObjectProperties properties) {
        String value = RETENTION.value(properties);
        return value.equals(Limits.FOREVER)
                ? Optional.empty()
                : Optional.of(Duration.parseMillis(value, 0, Limits.MAX_RETENTION_MILLIS));
    }

    /** How many bytes a partition keeps at least; empty if it keeps all. */
    public static Optional<Long> retentionBytes(ObjectProperties properties) {
        String value = RETENTION_BYTES.value(properties);
        return value.equals(Limits.UNLIMITED) ? Optional.empty() : Optional.of(ByteSize.parse(value));
    }

    /** How long a superseded row of a table stays, in milliseconds. */
    public static long compactionLagMillis(ObjectProperties properties) {
        return Duration.parseMillis(COMPACTION_LAG.value(properties), 0, Limits.MAX_LAG_MILLIS);
    }

    /** Both limits of retention for people: {@code 7 d, 10 GiB}. */
    public static String retentionText(ObjectProperties properties) {
        if (RETENTION_BYTES.isDefault(properties)) {
            return RETENTION.value(properties);
        }
        String bytes = RETENTION_BYTES.value(properties);
        return RETENTION.isDefault(properties) ? bytes : RETENTION.value(properties) + ", " + bytes;
    }

    private static String oneOf(String text, String... possible) {
        if (!List.of(possible).contains(text)) {
            throw new IllegalArgumentException("not one of the possible values");
        }
        return text;
    }

    private static String normalRetention(String text) {
        return text.equals(Limits.FOREVER)
                ? text
                : Duration.format(Duration.parseMillis(text, 1_000, Limits.MAX_RETENTION_MILLIS));
    }

    private static String normalRetentionBytes(String text) {
        if (text.equals(Limits.UNLIMITED)) {
            return text;
        }
        long bytes = ByteSize.parse(text);
        if (bytes < 1_024 || bytes > Limits.MAX_BYTES) {
            throw new IllegalArgumentException("too small or too large");
        }
        return ByteSize.format(bytes);
    }
}
