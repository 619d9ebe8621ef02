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

    /** How many of the first rows of every partition it looks at for ever. */
    default int head() {
        return 0;
    }

    /** The first place whose results a row may still change that comes or goes at a place, with a prefix no earlier row has. */
    int firstOpen(int settled, long prefix);

    /** The first place behind the head that it needs to compute the results that are open; rows before may go. */
    int firstNeeded(int partition, Horizon horizon);

    /** The prefix that rows must have passed before a row with this one can go by its distance from them. */
    default long reach(long prefix) {
        return prefix;
    }

    /** Whether results depend on rows that are gone, so that a partition is not forgotten with its last row. */
    default boolean remembers() {
        return false;
    }

    /** So many rows of a partition go that nobody needs. */
    default void drop(int partition, int count) {}

    /** A partition is gone. */
    default void release(int partition) {}

    /** The first place whose results may depend on a row with this prefix at a place, if any before the place does. */
    int firstAffected(long prefix, boolean isNull, int place);

    /** The place behind the last one whose results may depend on a row with this prefix before a place. */
    int lastAffected(long prefix, boolean isNull, int placeBehind);
}
