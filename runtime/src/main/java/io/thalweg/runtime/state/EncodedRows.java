package io.thalweg.runtime.state;

import java.util.Arrays;

/** The rows of one batch as byte strings, one after the other in one array. A scratch area that is reused. */
public final class EncodedRows {
    /** So that reading a word at the last byte stays within the array. */
    private static final int PADDING_BYTES = Long.BYTES;
    /** A scratch area that grew beyond this for one batch is given up before the next. */
    private static final int MAX_KEPT_BYTES = 1 << 22;

    private int rowCount;
    private byte[] data = new byte[PADDING_BYTES];
    private int[] starts = new int[1];

    void prepare(int rows) {
        rowCount = rows;
        if (starts.length <= rows) {
            starts = new int[Math.max(rows + 1, starts.length * 2)];
        }
    }

    void ensureBytes(int bytes) {
        if (data.length - PADDING_BYTES < bytes || (data.length > MAX_KEPT_BYTES && bytes < MAX_KEPT_BYTES / 2)) {
            int size = Math.addExact(bytes, PADDING_BYTES);
            data = new byte[size < MAX_KEPT_BYTES ? Math.max(size, Integer.highestOneBit(size) * 2) : size];
        }
    }

    public int rowCount() {
        return rowCount;
    }

    /** The bytes of all rows, shared; at least eight more than the rows need. */
    public byte[] data() {
        return data;
    }

    /** Where each row starts; entry {@link #rowCount()} is where the last one ends. */
    public int[] starts() {
        return starts;
    }

    public int start(int row) {
        return starts[row];
    }

    public int length(int row) {
        return starts[row + 1] - starts[row];
    }

    /** A copy of a row. For the edges, not for per-row code. */
    public byte[] copy(int row) {
        return Arrays.copyOfRange(data, starts[row], starts[row + 1]);
    }
}
