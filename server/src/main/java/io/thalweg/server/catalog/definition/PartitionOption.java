package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.config.ByteSize;
import io.thalweg.server.config.Duration;
import io.thalweg.server.shard.Shards;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The options of a stream that say how its partitions follow its load. Values have one normal form. */
public enum PartitionOption implements ObjectOption {
    /** Whether partitions are split and merged by the server. */
    AUTO("partitions.auto", "false", "true or false", PartitionOption::normalFlag),
    /** It merges none below this number. */
    MIN("partitions.min", "1", "1 to " + Shards.MAX_OPEN, PartitionOption::normalCount),
    /** It splits none beyond this number. */
    MAX("partitions.max", "16", "1 to " + Shards.MAX_OPEN, PartitionOption::normalCount),
    /** A partition that takes more is split. */
    SPLIT_RATE(
            "partitions.split.bytes.per.second",
            "8 MiB",
            "1 KiB to 1 TiB, such as 8 MiB",
            text -> normalRate(text, 1_024)),
    /** Neighbours that together take less are merged. */
    MERGE_RATE(
            "partitions.merge.bytes.per.second",
            "1 MiB",
            "0 to 1 TiB, such as 1 MiB, and not more than half of what splits a partition",
            text -> normalRate(text, 0)),
    /** Over so long the rates are measured, before every change. */
    WINDOW(
            "partitions.window",
            "1 min",
            "1 s to 1 d, such as 1 min",
            text -> Duration.format(Duration.parseMillis(text, 1_000, TimeUnit.DAYS.toMillis(1))));

    private static final long MAX_RATE = 1L << 40;

    private final String key;
    private final String defaultValue;
    private final String range;
    private final UnaryOperator<String> normalizer;

    PartitionOption(String key, String defaultValue, String range, UnaryOperator<String> normalizer) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.range = range;
        this.normalizer = normalizer;
    }

    /** The options that an object of this kind has. */
    static List<PartitionOption> of(ObjectKind kind) {
        return kind == ObjectKind.STREAM ? Arrays.asList(values()) : List.of();
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

    private String value(Map<String, String> options) {
        return options.getOrDefault(key, defaultValue);
    }

    @Override
    public String normalForm(String text) {
        return normalizer.apply(text);
    }

    /** Throws OPTION_OUT_OF_RANGE if options do not go together: what was split must not be merged at once. */
    static void checkTogether(Map<String, String> options) {
        int min = Integer.parseInt(MIN.value(options));
        int max = Integer.parseInt(MAX.value(options));
        if (min > max) {
            throw new ThalwegException(
                    ErrorCode.OPTION_OUT_OF_RANGE,
                    "option '" + MIN.key + "' is " + min + " and option '" + MAX.key + "' is " + max);
        }
        String split = SPLIT_RATE.value(options);
        String merge = MERGE_RATE.value(options);
        if (ByteSize.parse(merge) > ByteSize.parse(split) / 2) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE,
                            "option '" + MERGE_RATE.key + "' is " + merge + ", more than half of " + split
                                    + ", which is option '" + SPLIT_RATE.key + "'")
                    .withHint("Partitions that were split would be merged again.");
        }
    }

    private static String normalFlag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return text;
    }

    private static String normalCount(String text) {
        int count = Integer.parseInt(text);
        if (count < 1 || count > Shards.MAX_OPEN) {
            throw new IllegalArgumentException("too few or too many");
        }
        return Integer.toString(count);
    }

    private static String normalRate(String text, long least) {
        long bytes = ByteSize.parse(text);
        if (bytes < least || bytes > MAX_RATE) {
            throw new IllegalArgumentException("too small or too large");
        }
        // What people read as "1500 bytes" could not be parsed again.
        return bytes == 0 || bytes % 1_024 != 0 ? bytes + " B" : ByteSize.format(bytes);
    }
}
