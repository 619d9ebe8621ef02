package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * Holds each row back until the watermark has reached its close time, then lets it out once; what happens to a row
 * after that is ignored. This is EMIT FINAL.
 */
public record HoldUntilNode(PlanNode input, CloseTime closeTime, RowType type) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitHoldUntil(this);
    }
}
