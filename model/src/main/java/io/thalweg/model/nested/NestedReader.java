package io.thalweg.model.nested;

import io.thalweg.model.type.SqlType;
import java.util.Arrays;

/**
 * Goes through a value of {@link NestedFormat}, one marked component after the other: {@link #next()}, and if the component
 * is not NULL the read or skip that its type asks for. One owner thread.
 */
public final class NestedReader {
    private static final byte[] NONE = {};

    private byte[] data = NONE;
    private int position;
    private boolean isNull;
    private byte[] bytes = NONE;
    private int bytesStart;
    private int bytesLength;
    private byte[] unescaped = NONE;

    /** Turns to the bytes of a value from an index on. */
    public void begin(byte[] newData, int start) {
        data = newData;
        position = start;
        isNull = true;
    }

    /** The index of what comes next. */
    public int position() {
        return position;
    }

    /** Steps to the next component; false behind the last of an array or a map. */
    public boolean next() {
        byte marker = data[position++];
        isNull = marker != NestedFormat.VALUE;
        return marker != NestedFormat.END;
    }

    /** Whether the component is NULL. */
    public boolean isNull() {
        return isNull;
    }

    /** Leaves out the rest of a component that was not read. */
    public void skip(SqlType type) {
        if (!isNull) {
            position = NestedFormat.behind(type, data, position);
        }
    }

    public int readInt() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | data[position++] & 0xFF;
        }
        return value ^ Integer.MIN_VALUE;
    }

    public long readLong() {
        return readBits() ^ Long.MIN_VALUE;
    }

    /** The lower half of a DECIMAL128, whose upper half is read as a long before. */
    public long readBits() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | data[position++] & 0xFF;
        }
        return value;
    }

    public double readDouble() {
        long bits = readBits();
        return Double.longBitsToDouble(bits < 0 ? bits ^ Long.MIN_VALUE : ~bits);
    }

    /** Reads text, binary, or a nested value, which can then be asked for by {@link #bytes()} and its like. */
    public void readBytes(SqlType type) {
        if (type.name().isNested()) {
            int end = NestedFormat.behind(type, data, position);
            take(data, position, end - position);
            position = end;
            return;
        }
        int end = NestedFormat.endOfText(data, position);
        int length = unescape(end);
        if (length == end - position) {
            take(data, position, length);
        } else {
            take(unescaped, 0, length);
        }
        position = end + 1;
    }

    /** The length of the text up to an index; the text itself is put into a buffer if it differs from its bytes. */
    private int unescape(int end) {
        int first = position;
        while (first < end && data[first] != NestedFormat.ESCAPE) {
            first++;
        }
        if (first == end) {
            return end - position;
        }
        unescaped = new byte[end - position];
        int length = 0;
        for (int i = position; i < end; i++) {
            boolean escaped = data[i] == NestedFormat.ESCAPE;
            i += escaped ? 1 : 0;
            unescaped[length++] = (byte) (data[i] - (escaped ? 1 : 0));
        }
        return length;
    }

    private void take(byte[] newBytes, int start, int length) {
        bytes = newBytes;
        bytesStart = start;
        bytesLength = length;
    }

    /** The array that holds what {@link #readBytes} read: that of the value itself unless the text is changed in the format. */
    public byte[] bytes() {
        return bytes;
    }

    public int bytesStart() {
        return bytesStart;
    }

    public int bytesLength() {
        return bytesLength;
    }

    /** A copy of what {@link #readBytes} read. */
    public byte[] copyOfBytes() {
        return Arrays.copyOfRange(bytes, bytesStart, bytesStart + bytesLength);
    }
}
