package io.thalweg.log.offsets;

/**
 * How far a group has come in a partition.
 *
 * @param offset the first offset that it has not done
 * @param leaderEpoch that of the last row it has done, -1 when it does not know
 * @param metadata whatever the group wants to remember with it
 * @param expiresAtMicros from when on it is forgotten, {@link #NEVER} for never
 */
public record CommittedOffset(long offset, int leaderEpoch, String metadata, long expiresAtMicros) {
    /** No time at which an offset is forgotten. */
    public static final long NEVER = Long.MAX_VALUE;

    /** An offset alone, for good. */
    public static CommittedOffset of(long offset) {
        return new CommittedOffset(offset, -1, "", NEVER);
    }

    boolean isExpiredAt(long micros) {
        return expiresAtMicros <= micros;
    }
}
