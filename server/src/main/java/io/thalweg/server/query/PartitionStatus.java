package io.thalweg.server.query;

/**
 * What SYS.PARTITIONS shows of a partition.
 *
 * @param startOffset the offset of the first row that is kept
 * @param endOffset the offset after the last row
 * @param maxEventTimeMicros the greatest event time of its rows, {@link Long#MIN_VALUE} if none has one
 */
public record PartitionStatus(int partition, long startOffset, long endOffset, long maxEventTimeMicros) {}
