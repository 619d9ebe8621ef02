package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Puts each row into its session: rows with equal keys, NULLs being equal, that follow each other by less than a gap. A row
 * comes out once, with its columns followed by the start of the session, which is the time of its first row, and its end,
 * which is the time of its last row and the gap. A row whose time is NULL is in no session.
 *
 * @param keys columns of the input; none if all rows are of one kind
 * @param timeColumn the TIMESTAMP column of the input that decides
 * @param closeTime over the result row: when a session is final and its rows may go
 */
public record SessionNode(
        PlanNode input, List<Integer> keys, int timeColumn, long gapMicros, Optional<CloseTime> closeTime, RowType type)
        implements PlanNode {
    public SessionNode {
        keys = List.copyOf(keys);
        if (gapMicros <= 0) {
            throw new IllegalArgumentException("sessions with a gap of " + gapMicros + " us");
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSession(this);
    }
}
