package io.thalweg.planner.analysis;

/**
 * What a TIMESTAMP column tells about when rows are final: once the watermark has reached the value plus an offset.
 *
 * @param isBound whether rows are waited for by this column: it is the bound of a window, or the time of rows whose partners
 *     in a join come within a bounded time; otherwise it is the event time of single rows
 * @param isComplete whether no row with that value can come or go any more at all, so that state may go; otherwise only the
 *     windowed side of a join is done, while the other side may still bring rows
 * @param isTotal whether every row has a value in the column; otherwise it is NULL where a side of an outer join is missing
 */
record ColumnTime(boolean isBound, long offsetMicros, boolean isComplete, boolean isTotal) {
    /** The time column of a stream: rows with a time below the watermark have all been seen. */
    static ColumnTime eventTime() {
        return new ColumnTime(false, 1, true, true);
    }

    /** The start of a window of at most this size that the time falls into. */
    ColumnTime windowStart(long sizeMicros) {
        return new ColumnTime(true, Math.addExact(sizeMicros - 1, offsetMicros), isComplete, isTotal);
    }

    /** The end of a window that the time falls into, which is not in the window. */
    ColumnTime windowEnd() {
        return new ColumnTime(true, Math.subtractExact(offsetMicros, 1), isComplete, isTotal);
    }

    /** The column with an interval added to it. */
    ColumnTime plus(long micros) {
        return new ColumnTime(isBound, Math.subtractExact(offsetMicros, micros), isComplete, isTotal);
    }

    /** The same column where a row is final as soon as no earlier one can come. */
    ColumnTime asBound() {
        return new ColumnTime(true, offsetMicros, isComplete, isTotal);
    }

    /** The same column of rows that may still find partners. */
    ColumnTime joined() {
        return new ColumnTime(isBound, offsetMicros, false, isTotal);
    }

    /** The same column of rows that find all their partners by the time that the watermark has reached value plus offset. */
    ColumnTime joinedUntil(long partnersOffset) {
        return new ColumnTime(true, Math.max(offsetMicros, partnersOffset), isComplete, isTotal);
    }

    /** The same column, NULL in rows without that side of the join. */
    ColumnTime missing() {
        return new ColumnTime(isBound, offsetMicros, isComplete, false);
    }

    /** What holds for a column whose rows come from both. */
    ColumnTime and(ColumnTime other) {
        return new ColumnTime(
                isBound && other.isBound,
                Math.max(offsetMicros, other.offsetMicros),
                isComplete && other.isComplete,
                isTotal && other.isTotal);
    }
}
