package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments of a partition by base offset. Thread-safe: the commit thread adds at the end, upkeep removes at the
 * start, readers look up. */
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

    /** The first segment with this base offset or a greater one. */
    Optional<Segment> atOrAfter(long baseOffset) {
        return Optional.ofNullable(byBaseOffset.ceilingEntry(baseOffset)).map(entry -> entry.getValue());
    }

    /** Whether a segment is still one of the partition's; waits for a replacement that is under way. */
    synchronized boolean holds(Segment segment) {
        return segment.equals(byBaseOffset.get(segment.baseOffset()));
    }

    /**
     * Puts a segment in the place of neighbours, the first of which has its base offset. Who asks meanwhile which one
     * holds is kept waiting.
     */
    synchronized void replace(List<Segment> replaced, Replacement replacement) throws IOException {
        add(replacement.create());
        replaced.stream().skip(1).forEach(gone -> byBaseOffset.remove(gone.baseOffset()));
    }

    /** Writes the file of a segment over the one there was, and opens it. */
    @FunctionalInterface
    interface Replacement {
        Segment create() throws IOException;
    }

    /** The base offset of the segment behind this one; the greatest number when it is the last. */
    long endOffset(Segment segment) {
        Long next = byBaseOffset.higherKey(segment.baseOffset());
        return next == null ? Long.MAX_VALUE : next;
    }

    /** How many there are and how long they are; one that goes at this moment counts for nothing. */
    PartitionSize size() {
        List<Segment> all = all();
        long bytes = 0;
        for (Segment segment : all) {
            try {
                bytes += segment.sizeBytes();
            } catch (IOException e) {
                // Closed meanwhile, since its rows were given up or the store is closed.
            }
        }
        return new PartitionSize(all.size(), bytes);
    }

    /** All segments, oldest first, as they are now. */
    List<Segment> all() {
        return List.copyOf(byBaseOffset.values());
    }

    /** Takes out the segments that hold nothing at or above an offset; never the last one. */
    List<Segment> removeBelow(long offset) {
        List<Segment> removed = new ArrayList<>();
        while (endOffset(byBaseOffset.firstEntry().getValue()) <= offset) {
            removed.add(byBaseOffset.pollFirstEntry().getValue());
        }
        return removed;
    }

    /** An offset at or before the first frame that has this time or a later one. */
    long offsetBefore(TimeKind kind, long micros) throws IOException {
        for (Segment segment : byBaseOffset.descendingMap().values()) {
            if (kind.beforeSegment(segment.header()) < micros) {
                return segment.offsetBefore(kind.ofEntry(), micros);
            }
        }
        return byBaseOffset.firstKey();
    }

    /** The latest time that a segment was created at. */
    long lastCreation() {
        return byBaseOffset.values().stream()
                .mapToLong(segment -> segment.header().createdAtMicros())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The oldest segment; none in a partition that is damaged from its beginning. */
    Optional<Segment> first() {
        return Optional.ofNullable(byBaseOffset.firstEntry()).map(entry -> entry.getValue());
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
