package io.thalweg.log.segment;

/**
 * A place between two frames of a partition: the segment with this base offset, a byte position in it, the offset of
 * the next row, and the greatest event time of all rows before it.
 */
public record LogPoint(long segmentBaseOffset, long position, long offset, long maxEventTime) {}
