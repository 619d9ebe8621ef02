package io.thalweg.log;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentWriter;
import java.io.IOException;
import java.util.List;

/**
 * Writes a closed segment, or neighbours as one, anew beside the old files. The new file takes the name of the first in
 * one step; the others are deleted after that. One thread.
 */
final class SegmentReplacement {
    private final PartitionLog log;
    private final PartitionContext context;
    private final SegmentSet segments;
    private final LogStart start;

    SegmentReplacement(PartitionLog log, PartitionContext context, SegmentSet segments, LogStart start) {
        this.log = log;
        this.context = context;
        this.segments = segments;
        this.start = start;
    }

    /**
     * Writes what is kept of these segments, unless one of them is no longer there.
     *
     * @param header of the new segment
     * @param next the header of the segment behind them
     * @param producersKeptAfter a removed frame that was appended after this keeps its producer
     */
    void replace(
            List<Segment> replaced,
            SegmentHeader header,
            SegmentHeader next,
            CompactedFrames.Choice choice,
            long producersKeptAfter)
            throws IOException {
        long before = 0;
        for (Segment segment : replaced) {
            before += segment.sizeBytes();
        }
        try {
            boolean done = start.replace(replaced, () -> {
                SegmentWriter.createFile(context.files(), log.directory(), header, (file, position) -> {
                    try (FrameCursor cursor = log.frames(header.baseOffset(), next.baseOffset())) {
                        new CompactedFrames(file, position, header.owner(), producersKeptAfter).copy(cursor, choice);
                    }
                });
                return Segment.openClosed(context.files(), log.directory(), header, next);
            });
            if (done) {
                count(before, header.baseOffset());
            }
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            // The name may stand for the old file or the new one.
            log.takeOffline(e);
            throw e;
        }
    }

    private void count(long before, long baseOffset) throws IOException {
        Segment found = segments.holding(baseOffset).orElseThrow();
        try {
            context.counters().compactedSegment(before - found.sizeBytes());
        } catch (IOException e) {
            // Closed meanwhile: the number does not matter.
        }
    }
}
