package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * The rows of a recursion inside of its own definition: those from which it is asked what follows.
 *
 * @param number which {@link RecursionNode} above it is meant
 * @param name what the query calls the relation
 */
public record RecursionRowsNode(int number, String name, RowType type) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecursionRows(this);
    }
}
