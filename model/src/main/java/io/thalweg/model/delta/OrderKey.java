package io.thalweg.model.delta;

import io.thalweg.model.type.Int128;

/**
 * Maps the values of every kind to 128-bit integers such that a greater value never has a smaller key. Bounds of any
 * column are then two such integers, compared in one way. Numbers keep their order wholly; of bytes the first sixteen
 * count, so different ones may share a key. For DOUBLE the order is that of SQL here: -0.0 equals 0.0, NaN is above all.
 */
public final class OrderKey {
    /** The least key. */
    public static final Int128 LEAST = new Int128(Long.MIN_VALUE, 0);
    /** The greatest key. */
    public static final Int128 GREATEST = new Int128(Long.MAX_VALUE, -1);

    private OrderKey() {}

    /** The key of a value of kind INT or LONG. */
    public static Int128 of(long value) {
        return Int128.of(value);
    }

    /** The key of a value of kind DOUBLE. */
    public static Int128 of(double value) {
        return Int128.of(bits(value));
    }

    /** The key of a value of kind BYTES. */
    public static Int128 of(byte[] data, int start, int length) {
        return new Int128(high(data, start, length), low(data, start, length));
    }

    /** The number whose order among longs is that of the value among doubles. */
    static long bits(double value) {
        // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits makes one of all NaNs.
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63) & Long.MAX_VALUE;
    }

    static long high(byte[] data, int start, int length) {
        return word(data, start, length) ^ Long.MIN_VALUE;
    }

    static long low(byte[] data, int start, int length) {
        return length <= Long.BYTES ? 0 : word(data, start + Long.BYTES, length - Long.BYTES);
    }

    /** The first eight bytes as a big-endian number, with zeros for those that are missing. */
    private static long word(byte[] data, int start, int length) {
        if (length >= Long.BYTES) {
            return Long.reverseBytes((long) BlockWriter.LONGS.get(data, start));
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (data[start + i] & 0xFFL) << 56 - 8 * i;
        }
        return word;
    }
}
