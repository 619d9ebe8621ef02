package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Keeps rows while the clock says so: a row is in the result as soon as the current time has reached one of its bounds, and
 * until it has reached the other. A row with a NULL in a bound is never in the result. Only in queries that do not end; in
 * others the current time is one moment, and such a condition is like any other.
 *
 * @param from when a row comes into the result; without it, at once
 * @param until when it leaves the result; without it, never
 * @param timeZone where the current time is told, to be compared with a TIMESTAMP
 */
public record NowFilterNode(
        PlanNode input, Optional<CloseTime> from, Optional<CloseTime> until, String timeZone, RowType type)
        implements PlanNode {
    /** Whether a plan asks for the current time, so that its answer changes although no row comes. */
    public static boolean isIn(PlanNode plan) {
        return plan instanceof NowFilterNode || plan.inputs().stream().anyMatch(NowFilterNode::isIn);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitNowFilter(this);
    }
}
