package io.thalweg.tests.disk;

import java.nio.ByteBuffer;

/** A row whose every byte follows from who wrote it and its number, so that a reader can tell whether it is whole. */
record StoredRow(int writer, long number) {
    private static final int LONGEST_FILLER_WORDS = 200;
    private static final int PREFIX_BYTES = Integer.BYTES + Long.BYTES;

    ByteBuffer payload() {
        long mixed = mix(number * 31 + writer);
        int words = Math.floorMod(mixed, mixed % 16 == 0 ? 20 * LONGEST_FILLER_WORDS : LONGEST_FILLER_WORDS);
        ByteBuffer payload = ByteBuffer.allocate(PREFIX_BYTES + words * Long.BYTES);
        payload.putInt(writer).putLong(number);
        for (int i = 0; i < words; i++) {
            mixed = mix(mixed);
            payload.putLong(mixed);
        }
        return payload.flip();
    }

    /** The row that claims to be in a payload. */
    static StoredRow claimedBy(ByteBuffer payload) {
        ByteBuffer bytes = payload.slice();
        return bytes.remaining() < PREFIX_BYTES
                ? new StoredRow(-1, -1)
                : new StoredRow(bytes.getInt(), bytes.getLong());
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L + 0x9e3779b97f4a7c15L;
        return mixed ^ (mixed >>> 27);
    }
}
