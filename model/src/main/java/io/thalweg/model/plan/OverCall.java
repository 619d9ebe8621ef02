package io.thalweg.model.plan;

import io.thalweg.model.type.SqlType;
import java.util.OptionalInt;

/** One window function. The names of functions are part of the stored plan. */
public sealed interface OverCall {
    /** The type of the result. */
    SqlType type();

    /** Whether what it says of a row depends on rows up to its peers only, whatever comes after them in the order. */
    boolean looksBack();

    /** A function that tells the place of a row in its partition. */
    enum PlaceFunction {
        /** Counts rows, peers as well. BIGINT. */
        ROW_NUMBER,
        /** One more than the number of rows before the peers. BIGINT. */
        RANK,
        /** One more than the number of different sort keys before. BIGINT. */
        DENSE_RANK,
        /** The rank as a part of the partition, from 0 to 1. DOUBLE. */
        PERCENT_RANK,
        /** The part of the partition up to and with the peers. DOUBLE. */
        CUME_DIST,
        /** Which of so many parts, as equal as possible, the row is in. BIGINT. */
        NTILE
    }

    /**
     * The place of a row.
     *
     * @param parts for NTILE into how many parts the partition is divided, otherwise 1
     */
    record Place(PlaceFunction function, long parts, SqlType type) implements OverCall {
        @Override
        public boolean looksBack() {
            return switch (function) {
                case ROW_NUMBER, RANK, DENSE_RANK -> true;
                case PERCENT_RANK, CUME_DIST, NTILE -> false;
            };
        }
    }

    /**
     * LAG and LEAD: the value of another row.
     *
     * @param argument an input column
     * @param distance how many rows further that row is; below 0 it comes before
     * @param defaultColumn the input column to take if there is no such row; otherwise it is NULL
     * @param ignoreNulls whether rows with a NULL in the argument do not count
     */
    record Shift(int argument, long distance, OptionalInt defaultColumn, boolean ignoreNulls, SqlType type)
            implements OverCall {
        @Override
        public boolean looksBack() {
            return distance <= 0;
        }
    }

    /**
     * FIRST_VALUE, LAST_VALUE and NTH_VALUE: the value of a row of the frame; NULL if there is none.
     *
     * @param argument an input column
     * @param nth which row of the frame, counted from 1, or from the end if it is below 0
     * @param ignoreNulls whether rows with a NULL in the argument do not count
     */
    record Value(int argument, long nth, boolean ignoreNulls, OverFrame frame, SqlType type) implements OverCall {
        @Override
        public boolean looksBack() {
            return frame.looksBack();
        }
    }

    /** An aggregate of the frame. */
    record Aggregated(AggregateCall call, OverFrame frame) implements OverCall {
        @Override
        public SqlType type() {
            return call.type();
        }

        @Override
        public boolean looksBack() {
            return frame.looksBack();
        }
    }
}
