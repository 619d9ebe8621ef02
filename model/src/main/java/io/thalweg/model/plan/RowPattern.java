package io.thalweg.model.plan;

import java.util.List;

/** A regular expression over the rows of a partition, whose letters are pattern variables. */
public sealed interface RowPattern {
    /** Has no bound: a repetition may go on for ever. */
    int UNLIMITED = -1;

    /** Whether it can only match at the end of the partition, in one of its ways at least. */
    default boolean asksForEnd() {
        return false;
    }

    /**
     * One row.
     *
     * @param index which variable the row is mapped to
     * @param excluded whether the row is left out where all rows of a match are shown
     */
    record Variable(int index, boolean excluded) implements RowPattern {}

    /** All parts, one after the other; none for the empty pattern. */
    record Sequence(List<RowPattern> parts) implements RowPattern {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean asksForEnd() {
            return parts.stream().anyMatch(RowPattern::asksForEnd);
        }
    }

    /** One of the parts, an earlier one rather than a later one. */
    record Alternation(List<RowPattern> parts) implements RowPattern {
        public Alternation {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean asksForEnd() {
            return parts.stream().anyMatch(RowPattern::asksForEnd);
        }
    }

    /**
     * A part several times.
     *
     * @param least how often at least
     * @param most how often at most, or {@link #UNLIMITED}
     * @param reluctant whether rather fewer times than more
     */
    record Repetition(RowPattern part, int least, int most, boolean reluctant) implements RowPattern {
        public Repetition {
            if (least < 0 || (most != UNLIMITED && most < least)) {
                throw new IllegalArgumentException("a repetition from " + least + " to " + most);
            }
        }

        @Override
        public boolean asksForEnd() {
            return part.asksForEnd();
        }
    }

    /** No row: the beginning of the partition, or its end. */
    record Anchor(boolean atStart) implements RowPattern {
        @Override
        public boolean asksForEnd() {
            return !atStart;
        }
    }
}
