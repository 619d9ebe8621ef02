package io.thalweg.log;

/**
 * What a partition takes on disk.
 *
 * @param bytes of its segments, whole ones, so rows below the start may be among them
 */
public record PartitionSize(int segments, long bytes) {}
