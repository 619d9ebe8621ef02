package io.thalweg.runtime.expression.function;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text (UTF-8) or binary value on its way through an expression: some bytes of an array. Mutable and reused from row to
 * row; each node of a compiled expression owns one. A slice either points into an array that never changes (a column, a
 * constant) or into scratch memory that the next row overwrites; {@link #isStable()} tells which.
 */
public final class Slice {
    /** The longest value a function may produce. */
    public static final int MAX_LENGTH = 1 << 26;

    private static final byte[] NO_BYTES = {};

    /** The array that holds the value. Public, like its bounds, because compiled loops read them for each row. */
    public byte[] data = NO_BYTES;

    public int start;
    public int length;

    private boolean stable = true;
    private byte[] scratch = NO_BYTES;

    /** A slice of a whole array, which must not change. */
    public static Slice of(byte[] bytes) {
        Slice slice = new Slice();
        slice.set(bytes, 0, bytes.length);
        return slice;
    }

    /** A slice of the UTF-8 form of a text. */
    public static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Points to bytes that never change. */
    public void set(byte[] newData, int newStart, int newLength) {
        data = newData;
        start = newStart;
        length = newLength;
        stable = true;
    }

    /** Points into the bytes of another slice. */
    public void setWithin(Slice source, int newStart, int newLength) {
        data = source.data;
        start = newStart;
        length = newLength;
        stable = source.stable;
    }

    /** Points to the beginning of bytes that the next row overwrites. */
    public void setPassing(byte[] newData, int newLength) {
        data = newData;
        start = 0;
        length = newLength;
        stable = false;
    }

    public void setEmpty() {
        set(NO_BYTES, 0, 0);
    }

    /** Points to this slice's own scratch memory, at least this long, and hands it out for writing from index 0. */
    public byte[] reserve(long capacity) {
        if (capacity > MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(capacity);
        }
        if (scratch.length < capacity) {
            scratch = new byte[(int) Math.min(MAX_LENGTH, Math.max(capacity + (capacity >> 1), 32))];
        }
        data = scratch;
        start = 0;
        length = 0;
        stable = false;
        return scratch;
    }

    /** Whether the bytes stay as they are when the next row is evaluated. */
    public boolean isStable() {
        return stable;
    }

    /** Sets the slice to a text, through scratch memory. For slow paths. */
    public void setText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        set(bytes, 0, bytes.length);
    }

    /** The value as text. For slow paths and messages. */
    public String text() {
        return new String(data, start, length, StandardCharsets.UTF_8);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(data, start, start + length);
    }

    public boolean contentEquals(Slice other) {
        return Arrays.equals(data, start, start + length, other.data, other.start, other.start + other.length);
    }
}
