package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins neighbouring closed segments that compaction has made small, so that a partition has as many files as its living
 * rows need, however much was ever written to it. A turn of compaction comes when as much was appended as was left by the
 * one before, so every row is copied a bounded number of times for each time that the partition grows to its double.
 * One thread.
 */
final class SegmentJoin {
    private final PartitionLog log;
    private final PartitionContext context;
    private final SegmentSet segments;
    private final SegmentReplacement replacement;

    SegmentJoin(PartitionLog log, PartitionContext context, SegmentSet segments, SegmentReplacement replacement) {
        this.log = log;
        this.context = context;
        this.segments = segments;
        this.replacement = replacement;
    }

    /**
     * Joins what fits together of the segments below an offset, which is that of a segment.
     *
     * @param producersKeptAfter a removed frame that was appended after this keeps its producer
     */
    void run(long end, long producersKeptAfter) throws IOException {
        List<Segment> run = new ArrayList<>();
        long runBytes = 0;
        for (Segment segment : segments.all()) {
            long bytes = segment.baseOffset() < end ? segment.sizeBytes() : Long.MAX_VALUE;
            if (bytes > context.config().segmentBytes() - runBytes) {
                join(run, segment.header(), producersKeptAfter);
                run.clear();
                runBytes = 0;
            }
            if (segment.baseOffset() >= end || !log.takesUpkeep()) {
                return;
            }
            run.add(segment);
            runBytes += bytes;
        }
    }

    private void join(List<Segment> run, SegmentHeader next, long producersKeptAfter) throws IOException {
        if (run.size() < 2) {
            return;
        }
        // Segments that have no tombstones say 0; the others wait until the last of them may go.
        long compactedAt = run.stream()
                .mapToLong(segment -> segment.header().compactedAtMicros())
                .max()
                .orElseThrow();
        SegmentHeader header = run.get(0).header().joinedUpTo(next.baseOffset(), compactedAt);
        replacement.replace(List.copyOf(run), header, next, CompactedFrames.Choice.EVERYTHING, producersKeptAfter);
    }
}
