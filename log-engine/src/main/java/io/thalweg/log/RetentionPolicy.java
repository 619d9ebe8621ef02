package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import java.io.IOException;
import java.util.List;

/**
 * How long the rows of a partition are kept. Rows go by whole segments, oldest first, and never from the segment that is
 * being appended to; so a partition keeps at least what the policy asks for, and somewhat more.
 *
 * @param maxAgeMicros a segment may go when the last append to it is longer ago than this by the wall clock
 * @param maxBytes a segment may go when the ones behind it still have so many bytes
 */
public record RetentionPolicy(long maxAgeMicros, long maxBytes) {
    /** Nothing goes by itself. */
    public static final RetentionPolicy KEEP_ALL = new RetentionPolicy(Long.MAX_VALUE, Long.MAX_VALUE);

    /** A segment is in use for this part of the greatest age at most, or all of it would wait for its last row. */
    private static final int SEGMENTS_PER_AGE = 8;

    public RetentionPolicy {
        if (maxAgeMicros < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("retention is negative: " + maxAgeMicros + ", " + maxBytes);
        }
    }

    /** Rows go when they are older than this. */
    public static RetentionPolicy ofAge(long maxAgeMicros) {
        return new RetentionPolicy(maxAgeMicros, Long.MAX_VALUE);
    }

    /** Rows go when there are so many bytes of newer ones. */
    public static RetentionPolicy ofBytes(long maxBytes) {
        return new RetentionPolicy(Long.MAX_VALUE, maxBytes);
    }

    /** The age at which a segment is followed by a new one though it has room. */
    long rollAfterMicros() {
        return maxAgeMicros == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, maxAgeMicros / SEGMENTS_PER_AGE);
    }

    /** The base offset of the first segment to keep. */
    long firstKept(List<Segment> segments, long nowMicros) throws IOException {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.sizeBytes();
        }
        int first = 0;
        while (first < segments.size() - 1) {
            bytes -= segments.get(first).sizeBytes();
            // Nothing is appended to a segment after its successor was created.
            long lastUse = segments.get(first + 1).header().createdAtMicros();
            if (bytes < maxBytes && nowMicros - lastUse <= maxAgeMicros) {
                break;
            }
            first++;
        }
        return segments.get(first).baseOffset();
    }
}
