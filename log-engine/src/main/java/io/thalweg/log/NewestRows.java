package io.thalweg.log;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The newest row of each key in a range of offsets, and of which keys an older row was met behind them. One thread.
 */
final class NewestRows {
    /** What an entry takes besides the bytes of its key. */
    private static final int ENTRY_BYTES = 128;

    private final Map<ByteBuffer, Row> newest = new HashMap<>();
    private final Set<ByteBuffer> olderMet = new HashSet<>();
    private long keyBytes;

    private record Row(long offset, boolean tombstone) {}

    /** Notes a row; rows come in the order of their offsets. */
    void add(byte[] key, long offset, boolean tombstone) {
        if (newest.put(ByteBuffer.wrap(key), new Row(offset, tombstone)) == null) {
            keyBytes += key.length + ENTRY_BYTES;
        }
    }

    /** What the keys take. */
    long keyBytes() {
        return keyBytes;
    }

    /** Whether there is a newer row with the key; if that is a tombstone, it has to stay a while longer. */
    boolean supersedes(byte[] key, long offset) {
        ByteBuffer wrapped = ByteBuffer.wrap(key);
        Row row = newest.get(wrapped);
        if (row == null || row.offset() <= offset) {
            return false;
        }
        if (row.tombstone()) {
            olderMet.add(wrapped);
        }
        return true;
    }

    /** Whether this is a tombstone that is the newest row of its key, so far as the range knows. */
    boolean isNewestTombstone(byte[] key, long offset) {
        Row row = newest.get(ByteBuffer.wrap(key));
        return row != null && row.offset() == offset && row.tombstone();
    }

    /** Whether an older row of the key was met, which readers may have seen. */
    boolean metOlder(byte[] key) {
        return olderMet.contains(ByteBuffer.wrap(key));
    }
}
