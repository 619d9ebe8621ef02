package io.thalweg.model.plan;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.TypeName;
import java.util.Optional;

/**
 * Which rows of the partition a window function sees from a row: those between two bounds, in the order of the partition, less
 * what is excluded. The names of the enums are part of the stored plan.
 */
public record OverFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {
    /** What the distance of a bound counts. */
    public enum Unit {
        /** Rows. */
        ROWS,
        /** The difference of the only sort key. The current row stands for all of its peers. */
        RANGE
    }

    /** Where a bound is, seen from the current row. */
    public enum Place {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** What is left out of the frame. */
    public enum Exclusion {
        NOTHING,
        CURRENT_ROW,
        /** The current row and its peers. */
        GROUP,
        /** The peers of the current row, but not the row itself. */
        TIES
    }

    /**
     * One end of a frame, which belongs to it.
     *
     * @param distance not negative, for PRECEDING and FOLLOWING: BIGINT for rows and in units of a key that is an exact number
     *     or a time, months for a time, DOUBLE for a floating key
     */
    public record Bound(Place place, Optional<Literal> distance) {
        private static final long LONGEST_MONTH = 31;
        /** The years of the calendar. */
        private static final int MAX_MONTHS = 12 * 10_000;

        public Bound {
            if (distance.isPresent() != (place == Place.PRECEDING || place == Place.FOLLOWING)) {
                throw new IllegalArgumentException(place + " with distance " + distance);
            }
        }

        /** The most units of its key that a distance is: of months, that of the longest ones; 0 without a distance. */
        public long most(long unitsPerDay) {
            if (distance.isEmpty()) {
                return 0;
            }
            Literal literal = distance.get();
            return literal.type().name() == TypeName.INTERVAL_MONTHS && literal.value() instanceof Integer months
                    ? Math.min(months, MAX_MONTHS) * LONGEST_MONTH * unitsPerDay
                    : literal.value() instanceof Long exact ? exact : 0;
        }

        /** A bound without a distance. */
        public static Bound at(Place place) {
            return new Bound(place, Optional.empty());
        }
    }

    /** Whether no row behind the current one and its peers is seen. */
    public boolean looksBack() {
        return end.place().compareTo(Place.CURRENT_ROW) <= 0;
    }
}
