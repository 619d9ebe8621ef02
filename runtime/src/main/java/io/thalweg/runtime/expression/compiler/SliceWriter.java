package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.expression.function.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the text or binary values of a projection into a column. As long as all values are stable slices of one
 * array, which is so for parts of a column's texts, the column shares that array; otherwise the bytes are copied.
 */
public final class SliceWriter {
    private static final byte[] NO_BYTES = {};

    private int[] starts = {};
    private int[] lengths = {};
    private int count;
    private byte @Nullable [] shared;
    private boolean copying;
    private byte[] data = NO_BYTES;
    private int dataLength;
    private int expectedLength = 1024;

    /** Begins a column of so many values; they are then appended in order. */
    public void begin(int rowCount) {
        starts = new int[rowCount];
        lengths = new int[rowCount];
        count = 0;
        shared = null;
        copying = false;
        data = NO_BYTES;
        dataLength = 0;
    }

    public void appendNull() {
        count++;
    }

    public void append(Slice value) {
        if (copying) {
            appendCopy(value);
        } else if (value.length == 0) {
            count++;
        } else if (value.isStable() && (shared == null || shared == value.data)) {
            shared = value.data;
            starts[count] = value.start;
            lengths[count++] = value.length;
        } else {
            copyWhatWasShared();
            appendCopy(value);
        }
    }

    /** The column of all values since {@link #begin}. The writer may then begin anew. */
    public BytesColumn finish(long @Nullable [] nulls) {
        byte[] bytes = copying || shared == null ? data : shared;
        if (copying) {
            expectedLength = Math.max(1024, dataLength);
        }
        BytesColumn column = new BytesColumn(count, bytes, starts, lengths, nulls);
        data = NO_BYTES;
        shared = null;
        return column;
    }

    private void copyWhatWasShared() {
        copying = true;
        data = new byte[expectedLength];
        byte[] source = shared == null ? NO_BYTES : shared;
        for (int i = 0; i < count; i++) {
            reserve(lengths[i]);
            System.arraycopy(source, starts[i], data, dataLength, lengths[i]);
            starts[i] = dataLength;
            dataLength += lengths[i];
        }
    }

    private void appendCopy(Slice value) {
        int length = value.length;
        reserve(length);
        System.arraycopy(value.data, value.start, data, dataLength, length);
        starts[count] = dataLength;
        lengths[count++] = length;
        dataLength += length;
    }

    private void reserve(int length) {
        long needed = (long) dataLength + length;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new ThalwegException(
                        ErrorCode.VALUE_TOO_LARGE, "a batch of text or binary results exceeds 2 GiB");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, data.length * 2L)));
        }
    }
}
