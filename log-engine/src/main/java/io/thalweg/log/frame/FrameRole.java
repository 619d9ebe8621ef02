package io.thalweg.log.frame;

/** What a frame says of the rows with its offsets. */
public enum FrameRole {
    /** They are in its payload. */
    ROWS,
    /** They were removed. */
    GAP,
    /** There is none: the offset is that of a marker, which commits the transaction of its producer. */
    COMMIT,
    /** There is none: the offset is that of a marker, which aborts the transaction of its producer. */
    ABORT
}
