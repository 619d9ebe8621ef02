package io.thalweg.log;

/**
 * Where appended rows are: the first has the base offset, the others follow it.
 *
 * @param acknowledgedAtNanos when the promised durability was reached, on the clock's monotonic scale
 */
public record AppendResult(long baseOffset, int rowCount, long acknowledgedAtNanos) {
    /** The offset after the last row. */
    public long endOffset() {
        return baseOffset + rowCount;
    }
}
