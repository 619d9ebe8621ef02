package io.thalweg.log;

import java.io.IOException;
import java.util.OptionalLong;

/** Finds rows of a partition by time. Thread-safe. */
final class TimeSearch {
    private final PartitionLog log;
    private final SegmentSet segments;

    TimeSearch(PartitionLog log, SegmentSet segments) {
        this.log = log;
        this.segments = segments;
    }

    /** The first offset whose frame has a row at or after a time. */
    OptionalLong firstOffset(TimeKind kind, long micros) {
        try {
            long near = segments.offsetBefore(kind, micros);
            try (LogCursor cursor = log.read(Math.max(near, log.startOffset()), Long.MAX_VALUE)) {
                while (cursor.next()) {
                    if (kind.ofFrame(cursor) >= micros) {
                        return OptionalLong.of(Math.max(cursor.baseOffset(), log.startOffset()));
                    }
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw log.readFailure(e);
        }
    }
}
