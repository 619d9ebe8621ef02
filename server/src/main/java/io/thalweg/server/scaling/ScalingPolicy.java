package io.thalweg.server.scaling;

import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.server.catalog.definition.PartitionOption;
import io.thalweg.server.config.ByteSize;
import io.thalweg.server.config.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When the partitions of a stream are split and merged.
 *
 * @param splitRate bytes a second above which a partition is split
 * @param mergeRate bytes a second below which two neighbours together are merged; never more than half of splitRate
 * @param windowNanos how long rates are measured
 */
record ScalingPolicy(int min, int max, long splitRate, long mergeRate, long windowNanos) {
    ScalingPolicy {
        mergeRate = Math.min(mergeRate, splitRate / 2);
    }

    /** What a stream says; nothing if its partitions are left alone. */
    static Optional<ScalingPolicy> of(ObjectProperties properties) {
        if (!PartitionOption.AUTO.value(properties).equals("true")) {
            return Optional.empty();
        }
        long windowMillis = Duration.parseMillis(PartitionOption.WINDOW.value(properties), Long.MAX_VALUE);
        return Optional.of(new ScalingPolicy(
                Integer.parseInt(PartitionOption.MIN.value(properties)),
                Integer.parseInt(PartitionOption.MAX.value(properties)),
                ByteSize.parse(PartitionOption.SPLIT_RATE.value(properties)),
                ByteSize.parse(PartitionOption.MERGE_RATE.value(properties)),
                TimeUnit.MILLISECONDS.toNanos(windowMillis)));
    }
}
