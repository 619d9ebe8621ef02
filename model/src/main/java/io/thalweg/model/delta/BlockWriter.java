package io.thalweg.model.delta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes with little-endian numbers. */
final class BlockWriter {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int position;

    BlockWriter(int expectedSize) {
        bytes = new byte[Math.max(64, expectedSize)];
    }

    int position() {
        return position;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, position);
    }

    /** The array that is written to, until it has to grow. */
    byte[] bytes() {
        return bytes;
    }

    private void reserve(int count) {
        if (bytes.length - position < count) {
            long doubled = Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, Math.addExact(position, count)));
        }
    }

    /** Leaves zeroed room and tells where it begins. */
    int skip(int count) {
        reserve(count);
        int start = position;
        position += count;
        return start;
    }

    void putByte(int value) {
        reserve(1);
        bytes[position++] = (byte) value;
    }

    void putShort(int value) {
        reserve(2);
        SHORTS.set(bytes, position, (short) value);
        position += 2;
    }

    void putInt(int value) {
        reserve(4);
        INTS.set(bytes, position, value);
        position += 4;
    }

    void setInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    void setLong(int at, long value) {
        LONGS.set(bytes, at, value);
    }

    void putLong(long value) {
        reserve(8);
        LONGS.set(bytes, position, value);
        position += 8;
    }

    void putBytes(byte[] source, int start, int length) {
        reserve(length);
        System.arraycopy(source, start, bytes, position, length);
        position += length;
    }

    /** Writes {@code value - base} of every value in {@code width} bits each, then the padding that readers need. */
    void putPacked(long[] values, int count, long base, int width) {
        putLong(base);
        putByte(width);
        if (width == 0) {
            return;
        }
        int size = PackedValues.size(count, width);
        reserve(size);
        if (width == Long.SIZE) {
            for (int i = 0; i < count; i++) {
                LONGS.set(bytes, position + 8 * i, values[i] - base);
            }
        } else {
            int start = position;
            long bit = 0;
            for (int i = 0; i < count; i++) {
                int at = start + (int) (bit >>> 3);
                long old = (long) LONGS.get(bytes, at);
                LONGS.set(bytes, at, old | values[i] - base << (bit & 7));
                bit += width;
            }
        }
        position += size;
    }
}
