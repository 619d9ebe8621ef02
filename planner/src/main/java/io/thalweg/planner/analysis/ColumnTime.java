package io.thalweg.planner.analysis;

/**
 * What a TIMESTAMP column tells about when rows are final: once the watermark has reached the value plus an offset.
 *
 * @param isWindowBound whether the column is the bound of a window; otherwise it is an event time
 * @param isComplete whether no further row with that value can come at all, so that state may go; otherwise only the
 *     windowed side of a join is done, while the other side may still bring rows
 */
record ColumnTime(boolean isWindowBound, long offsetMicros, boolean isComplete) {
    /** The time column of a stream: rows with a time below the watermark have all been seen. */
    static ColumnTime eventTime() {
        return new ColumnTime(false, 1, true);
    }

    /** The start of a window of at most this size that the time falls into. */
    ColumnTime windowStart(long sizeMicros) {
        return new ColumnTime(true, Math.addExact(sizeMicros - 1, offsetMicros), isComplete);
    }

    /** The end of a window that the time falls into, which is not in the window. */
    ColumnTime windowEnd() {
        return new ColumnTime(true, Math.subtractExact(offsetMicros, 1), isComplete);
    }

    /** The column with an interval added to it. */
    ColumnTime plus(long micros) {
        return new ColumnTime(isWindowBound, Math.subtractExact(offsetMicros, micros), isComplete);
    }

    /** The same column of rows that may still find partners. */
    ColumnTime joined() {
        return new ColumnTime(isWindowBound, offsetMicros, false);
    }

    /** What holds for a column whose rows come from both. */
    ColumnTime and(ColumnTime other) {
        return new ColumnTime(
                isWindowBound && other.isWindowBound,
                Math.max(offsetMicros, other.offsetMicros),
                isComplete && other.isComplete);
    }
}
