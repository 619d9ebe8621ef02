package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * Puts each row into the windows of time that it falls into: a row comes out once for each of them, with its columns
 * followed by the start and the end of the window. The end is not in the window; a row whose time is NULL is in none.
 *
 * @param kind how windows lie over each other
 * @param timeColumn the TIMESTAMP column of the input that decides
 * @param stepMicros from the start of one window to the start of the next, or from end to end for {@link Kind#CUMULATE}
 * @param sizeMicros how long a window is, or the longest one for {@link Kind#CUMULATE}
 * @param offsetMicros where windows begin, counted from 1970-01-01 00:00
 */
public record WindowNode(
        PlanNode input, Kind kind, int timeColumn, long stepMicros, long sizeMicros, long offsetMicros, RowType type)
        implements PlanNode {
    /** The most windows that a row may be in. */
    public static final long MAX_WINDOWS = 100_000;

    /** How windows lie over each other. */
    public enum Kind {
        /** All windows are of one size, and one begins with every step. */
        HOP("Hop"),
        /** Windows that begin together, each a step longer than the one before, up to the size. */
        CUMULATE("Cumulate");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** The kind in a plan's text. */
        public String title() {
            return title;
        }
    }

    public WindowNode {
        if (stepMicros <= 0 || sizeMicros <= 0 || windows(stepMicros, sizeMicros) > MAX_WINDOWS) {
            throw new IllegalArgumentException("windows of " + sizeMicros + " us every " + stepMicros + " us");
        }
    }

    /** In how many windows a row may be. */
    public static long windows(long stepMicros, long sizeMicros) {
        return (sizeMicros - 1) / stepMicros + 1;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWindow(this);
    }
}
