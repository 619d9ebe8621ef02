package io.thalweg.model.nested;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Arrays;

/**
 * Writes one value of {@link NestedFormat} after the other: {@link #begin()}, the marked components in their order, then for
 * an array {@link #endArray()} and for a map {@link #endMap()}. The bytes may be read until the next value begins.
 * Components that are nested themselves are put in as bytes that another writer made. One owner thread.
 */
public final class NestedWriter {
    /** The longest value there is. */
    public static final int MAX_LENGTH = 1 << 26;

    private byte[] data = new byte[64];
    private int length;
    /** Where each entry of a map begins, and where its key ends, in turns. */
    private int[] entries = new int[16];

    private int entryCount;

    /** Begins a value. */
    public void begin() {
        length = 0;
        entryCount = 0;
    }

    /** The array that holds the value from index 0 on. */
    public byte[] data() {
        return data;
    }

    public int length() {
        return length;
    }

    /** A copy of the value. */
    public byte[] toBytes() {
        return Arrays.copyOf(data, length);
    }

    public void appendNull() {
        reserve(1);
        data[length++] = NestedFormat.NULL;
    }

    public void appendInt(int value) {
        reserve(1 + Integer.BYTES);
        data[length++] = NestedFormat.VALUE;
        int bits = value ^ Integer.MIN_VALUE;
        for (int shift = 24; shift >= 0; shift -= 8) {
            data[length++] = (byte) (bits >>> shift);
        }
    }

    public void appendLong(long value) {
        reserve(1 + Long.BYTES);
        data[length++] = NestedFormat.VALUE;
        putLong(value ^ Long.MIN_VALUE);
    }

    public void appendDouble(double value) {
        reserve(1 + Long.BYTES);
        data[length++] = NestedFormat.VALUE;
        // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits makes one of all NaNs.
        long bits = Double.doubleToLongBits(value + 0.0);
        putLong(bits ^ (bits >> 63 | Long.MIN_VALUE));
    }

    public void appendDecimal128(long high, long low) {
        reserve(1 + 2 * Long.BYTES);
        data[length++] = NestedFormat.VALUE;
        putLong(high ^ Long.MIN_VALUE);
        putLong(low);
    }

    private void putLong(long bits) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            data[length++] = (byte) (bits >>> shift);
        }
    }

    /** Appends text as UTF-8, or binary. */
    public void appendBytes(byte[] bytes, int start, int count) {
        reserve(2L + 2L * count);
        data[length++] = NestedFormat.VALUE;
        for (int i = start; i < start + count; i++) {
            byte next = bytes[i];
            if (next == 0 || next == NestedFormat.ESCAPE) {
                data[length++] = NestedFormat.ESCAPE;
                next++;
            }
            data[length++] = next;
        }
        data[length++] = 0;
    }

    /** Appends an ARRAY, MAP or ROW that is in this format already. */
    public void appendNested(byte[] bytes, int start, int count) {
        reserve(1L + count);
        data[length++] = NestedFormat.VALUE;
        System.arraycopy(bytes, start, data, length, count);
        length += count;
    }

    /** Appends bytes of the format as they are, such as several marked elements of another array. */
    public void appendRaw(byte[] bytes, int start, int count) {
        reserve(count);
        System.arraycopy(bytes, start, data, length, count);
        length += count;
    }

    /** Begins an entry of a map; the key follows, then {@link #endKey()}, then the value. */
    public void beginEntry() {
        if (2 * entryCount == entries.length) {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        entries[2 * entryCount] = length;
    }

    /** The key of the entry has been appended. Throws NULL_NOT_ALLOWED if it is NULL. */
    public void endKey() {
        if (data[entries[2 * entryCount]] == NestedFormat.NULL) {
            throw new ThalwegException(ErrorCode.NULL_NOT_ALLOWED, "the key of a map may not be NULL");
        }
        entries[2 * entryCount + 1] = length;
        entryCount++;
    }

    public void endArray() {
        reserve(1);
        data[length++] = NestedFormat.END;
    }

    /** Ends a map: brings its entries in order. Of several with one key the last stays. */
    public void endMap() {
        if (!inOrder()) {
            sortEntries();
        }
        endArray();
    }

    private boolean inOrder() {
        for (int i = 1; i < entryCount; i++) {
            if (compareKeys(i - 1, i) >= 0) {
                return false;
            }
        }
        return true;
    }

    private int compareKeys(int left, int right) {
        return Arrays.compareUnsigned(
                data, entries[2 * left], entries[2 * left + 1], data, entries[2 * right], entries[2 * right + 1]);
    }

    private void sortEntries() {
        Integer[] order = new Integer[entryCount];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, this::compareKeys);
        byte[] sorted = new byte[data.length];
        int sortedLength = 0;
        for (int i = 0; i < entryCount; i++) {
            boolean replaced = i + 1 < entryCount && compareKeys(order[i], order[i + 1]) == 0;
            if (!replaced) {
                int start = entries[2 * order[i]];
                int end = order[i] + 1 < entryCount ? entries[2 * (order[i] + 1)] : length;
                System.arraycopy(data, start, sorted, sortedLength, end - start);
                sortedLength += end - start;
            }
        }
        data = sorted;
        length = sortedLength;
    }

    private void reserve(long count) {
        long needed = length + count;
        if (needed > data.length) {
            if (needed > MAX_LENGTH) {
                throw new ThalwegException(
                        ErrorCode.VALUE_TOO_LARGE, "a value of more than " + MAX_LENGTH + " bytes is too large");
            }
            data = Arrays.copyOf(data, (int) Math.min(MAX_LENGTH, Math.max(needed, data.length * 2L)));
        }
    }
}
