package io.thalweg.log.producer;

/**
 * A transaction without a marker, which holds back readers of committed rows.
 *
 * @param epoch that of its rows; a marker carries the next one
 * @param begunAtMicros when its first row was appended
 */
public record OpenTransaction(long producerId, short epoch, long firstOffset, long begunAtMicros) {}
