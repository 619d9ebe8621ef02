package io.thalweg.log.recovery;

/** Rows from this offset on cannot be served, though they were acknowledged; the reason says what was found. */
public record Damage(long offset, String reason) {}
