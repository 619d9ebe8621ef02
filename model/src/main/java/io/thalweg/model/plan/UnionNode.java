package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/** All rows of all inputs, which have the column types of the result. */
public record UnionNode(List<PlanNode> inputs, RowType type) implements PlanNode {
    public UnionNode {
        inputs = List.copyOf(inputs);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUnion(this);
    }
}
