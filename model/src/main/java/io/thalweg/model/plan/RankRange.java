package io.thalweg.model.plan;

/**
 * Which rows of an ordered partition are kept: those whose rank is in a range.
 *
 * @param function how rows are numbered; the names are part of the stored plan
 * @param first the lowest rank that is kept, from 1
 * @param last the highest rank that is kept
 */
public record RankRange(RankFunction function, long first, long last) {
    /** How the rows of an ordered partition are numbered, from 1. */
    public enum RankFunction {
        /** Each row has a number of its own; rows with equal sort keys are ordered by all their columns. */
        ROW_NUMBER,
        /** One more than the number of rows before the row's peers, which have equal sort keys. */
        RANK,
        /** One more than the number of different sort keys before. */
        DENSE_RANK
    }

    public RankRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("ranks from " + first + " to " + last);
        }
    }

    /** So many rows after so many that are skipped. */
    public static RankRange rows(long offset, long limit) {
        long first = Math.min(offset, Long.MAX_VALUE - 1) + 1;
        long last = offset + limit;
        return new RankRange(RankFunction.ROW_NUMBER, first, last < 0 ? Long.MAX_VALUE : last);
    }
}
