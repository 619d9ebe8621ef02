package io.thalweg.model.catalog;

/**
 * The event time of a stream: a row is late if its time is below the greatest time of earlier rows of its partition minus
 * the delay.
 *
 * @param column a stored TIMESTAMP column, counted among the stored columns
 * @param delayMicros the bound, not negative
 */
public record WatermarkDefinition(int column, long delayMicros) {}
