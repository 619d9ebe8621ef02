package io.thalweg.runtime.match;

import io.thalweg.model.delta.Column;

/**
 * Rows of one partition in their order.
 *
 * @param first the place of the first of them in the partition
 * @param end the number of rows in the partition, which is the place behind the last of them
 * @param fromStart whether place 0 is the beginning of the partition; otherwise rows before it are gone
 * @param columns of these rows
 */
public record MatchRows(int first, int end, boolean fromStart, Column[] columns) {
    /** Whether the row at a place of the partition is there. */
    boolean holds(int place) {
        return place >= first && place < end;
    }
}
