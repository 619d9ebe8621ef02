package io.thalweg.log.kafka;

/** A record that was found by its time. */
public record TimedOffset(long offset, long timestampMillis, int leaderEpoch) {}
