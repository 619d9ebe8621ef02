package io.thalweg.server.session;

import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.OverNode;
import java.util.function.Predicate;

/**
 * What window functions over rows in the order of time still look at behind the watermark, and ahead of a row before they have
 * their say: the most that any of them does.
 */
final class OverBounds {
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Predicate<AggregateCall> keepsValues;
    private long micros;
    private long rows;
    private boolean isBounded;
    private boolean isRemembered;
    private boolean hasValues;

    /** @param keepsValues whether an aggregate remembers the values it has seen */
    OverBounds(OverNode node, Predicate<AggregateCall> keepsValues) {
        this.keepsValues = keepsValues;
        this.isBounded = node.settledMicros().isPresent();
        node.calls().forEach(this::add);
    }

    private void add(OverCall call) {
        if (call instanceof OverCall.Place place) {
            isRemembered = true;
            isBounded &= place.looksBack();
        } else if (call instanceof OverCall.Shift shift) {
            isBounded &= !shift.ignoreNulls() || shift.distance() <= 0;
            addRows(Math.abs(shift.distance()));
        } else if (call instanceof OverCall.Value value) {
            addFrame(value.frame());
            addRows(Math.abs(value.nth()));
            isBounded &= !value.ignoreNulls() || value.nth() < 0 || !beginsWithPartition(value.frame());
        } else if (call instanceof OverCall.Aggregated aggregated) {
            addFrame(aggregated.frame());
            if (beginsWithPartition(aggregated.frame())) {
                isRemembered = true;
                hasValues |= keepsValues.test(aggregated.call());
            }
        }
    }

    private static boolean beginsWithPartition(OverFrame frame) {
        return frame.start().place() == Place.UNBOUNDED_PRECEDING;
    }

    private void addFrame(OverFrame frame) {
        isBounded &= frame.end().place() != Place.UNBOUNDED_FOLLOWING;
        long reach = distance(frame.start(), Place.PRECEDING) + distance(frame.end(), Place.FOLLOWING);
        if (frame.unit() == Unit.RANGE) {
            micros = Math.max(micros, reach);
        } else {
            addRows(reach + distance(frame.end(), Place.PRECEDING));
        }
        addRows(frame.exclusion() == Exclusion.NOTHING ? 0 : 1);
    }

    private static long distance(Bound bound, Place place) {
        return bound.place() == place ? Math.min(bound.most(DAY_MICROS), Long.MAX_VALUE / 4) : 0;
    }

    private void addRows(long count) {
        rows = Math.max(rows, count);
    }

    /** Whether rows go at all. */
    boolean isBounded() {
        return isBounded;
    }

    /** How long before the watermark rows are still looked at. */
    long micros() {
        return micros;
    }

    /** How many rows of a partition are still looked at, however old they are. */
    long rows() {
        return rows;
    }

    /** What is kept. */
    String text() {
        if (!isBounded) {
            return "all rows of its input";
        }
        String entry = isRemembered ? ", and one entry a partition" : "";
        return "rows that later ones may look at" + entry
                + (hasValues ? ", with the different values of its arguments" : "");
    }
}
