package io.thalweg.log.recovery;

/**
 * The keys a partition takes: hashes of 128 bits, unsigned, both ends included. Partitions of a stream with a fixed
 * number of them all have {@link #ALL}.
 */
public record HashRange(long firstHigh, long firstLow, long lastHigh, long lastLow) {
    /** Every hash. */
    public static final HashRange ALL = new HashRange(0, 0, -1, -1);
}
