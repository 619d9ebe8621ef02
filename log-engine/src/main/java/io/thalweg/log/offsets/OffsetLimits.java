package io.thalweg.log.offsets;

/**
 * Bounds of what groups may have remembered.
 *
 * @param maxOffsets how many offsets, of all groups together, pending ones too; more are refused
 * @param maxTextBytes the longest group name and the longest metadata
 */
public record OffsetLimits(int maxOffsets, int maxTextBytes) {
    public OffsetLimits {
        if (maxOffsets < 1 || maxTextBytes < 1) {
            throw new IllegalArgumentException("limits are too small: " + maxOffsets + ", " + maxTextBytes);
        }
    }

    /** A million offsets, and as much metadata as Kafka takes. */
    public static OffsetLimits defaults() {
        return new OffsetLimits(1_000_000, 4_096);
    }
}
