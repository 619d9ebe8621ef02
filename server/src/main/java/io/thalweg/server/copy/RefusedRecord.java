package io.thalweg.server.copy;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.server.format.UndecodableRow;

/** A record of a file that is no row, and the place where it is. What follows it can still be read. No stack trace. */
final class RefusedRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final long line;
    private final int column;
    private final transient byte[] bytes;

    private RefusedRecord(ErrorCode code, String reason, long line, int column, byte[] bytes) {
        super(reason, null, false, false);
        this.code = code;
        this.line = line;
        this.column = column;
        this.bytes = bytes;
    }

    /** The record at which a reader stands. */
    static RefusedRecord of(RecordReader records, UndecodableRow failure) {
        int offset = failure.offset();
        return new RefusedRecord(
                failure.code(), failure.reason(), records.lineOf(offset), records.columnOf(offset), records.bytes());
    }

    /** The row of a file that has no lines. */
    static RefusedRecord ofRow(long row, UndecodableRow failure) {
        return new RefusedRecord(failure.code(), failure.reason(), row, 0, new byte[0]);
    }

    /** For people: {@code line 3, column 5}. */
    String place() {
        return column == 0 ? "row " + line : "line " + line + ", column " + column;
    }

    ErrorCode code() {
        return code;
    }

    /** Lower case, without a full stop. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** The line of what is wrong, or the row where there are no lines, counted from 1. */
    long line() {
        return line;
    }

    /** How many characters into the line, counted from 1; 0 where there are no lines. */
    int column() {
        return column;
    }

    /** The record as it came, or the beginning of one that is too long. */
    byte[] bytes() {
        return bytes;
    }
}
