package io.thalweg.log;

/**
 * What a store did since it was opened, and how it is.
 *
 * @param appends appends that reached their file
 * @param rows the rows of these appends
 * @param bytes the bytes of these appends as stored
 * @param groupAppends how many appends were committed together
 * @param syncMicros how long the forces of commits took; their total is the number of forces
 * @param upkeep what was done in the background
 * @param pressure what holds up appends now
 */
public record LogMetrics(
        long appends,
        long rows,
        long bytes,
        Histogram groupAppends,
        Histogram syncMicros,
        UpkeepMetrics upkeep,
        Pressure pressure) {
    /**
     * What holds up appends now.
     *
     * @param pendingBytes bytes of appends that wait for the disk
     * @param reserveGivenUp whether the disk is so full that only internal partitions take appends
     */
    public record Pressure(long pendingBytes, boolean reserveGivenUp) {}

    /**
     * What a store did in the background since it was opened.
     *
     * @param scrubbedBytes stored bytes that were read again and found whole
     * @param scrubRounds how often that came round to the first partition
     * @param damages places found damaged by the start, by readers or by the scrub
     * @param trimmedSegments segments deleted because the start of their partition moved
     * @param compactedSegments segments that compaction wrote anew
     * @param reclaimedBytes the bytes that made them shorter
     */
    public record UpkeepMetrics(
            long scrubbedBytes,
            long scrubRounds,
            long damages,
            long trimmedSegments,
            long compactedSegments,
            long reclaimedBytes) {}
}
