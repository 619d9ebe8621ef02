package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;

/** Computes the results of some calls row by row. Partitions come one after the other, and in each some stretches in order. */
interface OverEvaluator {
    /** The rows of a partition are about to change from a place on; they are shown as they still are. */
    default void beforeChange(int partition, int firstChanged) {}

    /** A stretch of a partition begins. */
    void begin(int partition, int firstPlace);

    /** Appends the results for the row at a place; places grow by one from that with which the stretch began. */
    void append(int place, ColumnBuilder[] results);

    /** A partition is gone. */
    default void release(int partition) {}

    /** The first place whose results may depend on a row with this prefix at a place, if any before the place does. */
    int firstAffected(long prefix, boolean isNull, int place);

    /** The place behind the last one whose results may depend on a row with this prefix before a place. */
    int lastAffected(long prefix, boolean isNull, int placeBehind);
}
