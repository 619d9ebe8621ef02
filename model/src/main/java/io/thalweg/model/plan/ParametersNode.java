package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * The parameters of a prepared statement as a relation: one row for each set of values that was bound, one column for
 * each parameter. Through it a batch of a thousand inserts is one batch from the client to the log.
 */
public record ParametersNode(RowType type) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitParameters(this);
    }
}
