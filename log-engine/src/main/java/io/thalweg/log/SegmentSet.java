package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments of a partition by base offset. Thread-safe: the commit thread adds, readers look up. */
final class SegmentSet {
    private final NavigableMap<Long, Segment> byBaseOffset = new ConcurrentSkipListMap<>();

    SegmentSet(List<Segment> segments) {
        segments.forEach(this::add);
    }

    void add(Segment segment) {
        byBaseOffset.put(segment.baseOffset(), segment);
    }

    /** The segment that holds an offset, or would. */
    Optional<Segment> holding(long offset) {
        return Optional.ofNullable(byBaseOffset.floorEntry(offset)).map(entry -> entry.getValue());
    }

    /** The base offset of the segment behind this one; the greatest number when it is the last. */
    long endOffset(Segment segment) {
        Long next = byBaseOffset.higherKey(segment.baseOffset());
        return next == null ? Long.MAX_VALUE : next;
    }

    Segment last() {
        return byBaseOffset.lastEntry().getValue();
    }

    /** Closes all files; readers get an exception from then on. */
    void close() throws IOException {
        for (Segment segment : byBaseOffset.values()) {
            segment.close();
        }
    }
}
