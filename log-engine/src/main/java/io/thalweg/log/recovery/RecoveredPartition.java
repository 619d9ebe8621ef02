package io.thalweg.log.recovery;

import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.Segment;
import java.util.List;
import java.util.Optional;

/**
 * A partition that is ready to serve: its readable segments in order, where its rows end, and what stops it from
 * taking more. All rows below the end are on disk.
 */
public record RecoveredPartition(
        PartitionMetadata metadata, List<Segment> segments, LogPoint end, Optional<Damage> damage) {
    public RecoveredPartition {
        segments = List.copyOf(segments);
    }

    /** The latest time that the segments know of. */
    public long lastUseMicros() {
        return segments.stream()
                .mapToLong(segment -> segment.header().createdAtMicros())
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
