package io.thalweg.log.inspect;

import io.thalweg.log.frame.Frame;

/**
 * How much there is.
 *
 * @param rows those that compaction has removed are not among them
 */
public record Extent(long partitions, long segments, long frames, long rows, long bytes) {
    static final Extent NOTHING = new Extent(0, 0, 0, 0, 0);

    Extent plusPartition() {
        return new Extent(partitions + 1, segments, frames, rows, bytes);
    }

    Extent plusSegment(long segmentBytes) {
        return new Extent(partitions, segments + 1, frames, rows, bytes + segmentBytes);
    }

    Extent plusFrame(Frame frame) {
        return new Extent(partitions, segments, frames + 1, rows + (frame.hasRows() ? frame.rowCount() : 0), bytes);
    }
}
