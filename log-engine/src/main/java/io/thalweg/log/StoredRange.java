package io.thalweg.log;

/**
 * Which stored frames to hand out: those that overlap an interval of offsets, from the first one on, as many as fit.
 *
 * @param maxBytes the bytes to hand out; the first frame comes whatever its length
 * @param verified whether every frame is read and compared with its checksum first
 */
public record StoredRange(long fromOffset, long toOffset, int maxBytes, boolean verified) {
    /** Frames that their receiver verifies. */
    public static StoredRange of(long fromOffset, long toOffset, int maxBytes) {
        return new StoredRange(fromOffset, toOffset, maxBytes, false);
    }

    /** The same range, verified here. */
    public StoredRange verifiedHere() {
        return new StoredRange(fromOffset, toOffset, maxBytes, true);
    }
}
