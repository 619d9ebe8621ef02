package io.thalweg.log;

import io.thalweg.log.segment.FrameIndex;
import io.thalweg.log.segment.SegmentHeader;
import java.util.function.ToLongFunction;

/** The two times of a row. */
public enum TimeKind {
    /** When the row happened, as its writer says; rows without one are never at or after any time. */
    EVENT(FrameIndex.Entry::maxEventTimeBefore, SegmentHeader::maxEventTimeBefore, LogCursor::maxEventTime),
    /** When the row was appended, by the wall clock; it never goes back within a partition while a store is open. */
    APPEND(FrameIndex.Entry::appendedAtMicros, SegmentHeader::createdAtMicros, LogCursor::appendedAtMicros);

    private final ToLongFunction<FrameIndex.Entry> ofEntry;
    private final ToLongFunction<SegmentHeader> beforeSegment;
    private final ToLongFunction<LogCursor> ofFrame;

    TimeKind(
            ToLongFunction<FrameIndex.Entry> ofEntry,
            ToLongFunction<SegmentHeader> beforeSegment,
            ToLongFunction<LogCursor> ofFrame) {
        this.ofEntry = ofEntry;
        this.beforeSegment = beforeSegment;
        this.ofFrame = ofFrame;
    }

    /** What all frames before an indexed one are at or below; ascending. */
    ToLongFunction<FrameIndex.Entry> ofEntry() {
        return ofEntry;
    }

    /** What all frames of earlier segments are at or below; ascending. */
    long beforeSegment(SegmentHeader header) {
        return beforeSegment.applyAsLong(header);
    }

    /** The greatest time of the rows of a cursor's frame. */
    long ofFrame(LogCursor cursor) {
        return ofFrame.applyAsLong(cursor);
    }
}
