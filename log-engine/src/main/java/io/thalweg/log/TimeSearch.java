package io.thalweg.log;

import java.io.IOException;
import java.util.OptionalLong;

/** Finds the first frame with a row at or after a time. */
final class TimeSearch {
    private final PartitionLog log;
    private final SegmentSet segments;

    TimeSearch(PartitionLog log, SegmentSet segments) {
        this.log = log;
        this.segments = segments;
    }

    OptionalLong firstOffset(TimeKind kind, long micros) throws IOException {
        long near = segments.offsetBefore(kind, micros);
        try (LogCursor cursor = log.read(Math.max(near, log.startOffset()), Long.MAX_VALUE)) {
            while (cursor.next()) {
                if (kind.ofFrame(cursor) >= micros) {
                    return OptionalLong.of(Math.max(cursor.baseOffset(), log.startOffset()));
                }
            }
        }
        return OptionalLong.empty();
    }
}
