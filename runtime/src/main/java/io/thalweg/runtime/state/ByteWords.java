package io.thalweg.runtime.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in a byte array, and the hash of a slice of one. */
final class ByteWords {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private ByteWords() {}

    static int getInt(byte[] data, int position) {
        return (int) INT.get(data, position);
    }

    static void setInt(byte[] data, int position, int value) {
        INT.set(data, position, value);
    }

    static long getLong(byte[] data, int position) {
        return (long) LONG.get(data, position);
    }

    static void setLong(byte[] data, int position, long value) {
        LONG.set(data, position, value);
    }

    /** A hash whose bits are all good. Reads up to seven bytes behind the slice, which must lie in the array. */
    static long hash(byte[] data, int from, int length) {
        long hash = length * MULTIPLIER;
        int position = from;
        int remaining = length;
        while (remaining >= Long.BYTES) {
            hash = (hash ^ getLong(data, position)) * MULTIPLIER;
            hash ^= hash >>> 32;
            position += Long.BYTES;
            remaining -= Long.BYTES;
        }
        if (remaining > 0) {
            long tail = getLong(data, position) & -1L >>> (Long.SIZE - Byte.SIZE * remaining);
            hash = (hash ^ tail) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return mix(hash);
    }

    /** Spreads every bit over all bits, so that any of them serve as a table index. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
