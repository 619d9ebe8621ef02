package io.thalweg.model.plan;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.RowType;
import java.util.List;

/** A fixed relation; it may have no rows, and no columns. */
public record ValuesNode(List<List<Literal>> rows, RowType type) implements PlanNode {
    public ValuesNode {
        rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitValues(this);
    }
}
