package io.thalweg.model.plan;

/**
 * Tells from a row when it is final: as soon as the watermark has reached the value of a TIMESTAMP column plus an offset.
 *
 * @param column the column, counted from 0 in the row this is said of
 * @param offsetMicros what to add to its value, for a row that carries the start of its window only
 */
public record CloseTime(int column, long offsetMicros) {}
