package io.thalweg.model.plan;

/**
 * Which of the rows with equal keys an as-of join takes: the one whose value is nearest to that of the left row on one side
 * of it. A NULL is near to nothing.
 *
 * @param left a column of the left input
 * @param right a column of the right input, of the same type, which is a number, a date or a time of at most 64 bits
 */
public record AsofMatch(int left, int right, Nearest nearest) {
    /** On which side of the left value the right one is looked for. */
    public enum Nearest {
        AT_OR_BEFORE("at or before"),
        BEFORE("before"),
        AT_OR_AFTER("at or after"),
        AFTER("after");

        private final String text;

        Nearest(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }

        /** Whether right values are looked for below the left one. */
        public boolean looksBack() {
            return this == AT_OR_BEFORE || this == BEFORE;
        }

        /** Whether an equal value is the nearest. */
        public boolean takesEqual() {
            return this == AT_OR_BEFORE || this == AT_OR_AFTER;
        }
    }
}
