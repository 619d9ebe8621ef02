package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.OptionalLong;

/**
 * Orders the rows of a snapshot and keeps a range of them. Stands at the top of a snapshot plan only.
 *
 * @param keys none if any order will do
 * @param offset how many rows to skip
 * @param limit how many rows to keep at most
 */
public record SortNode(PlanNode input, List<SortKey> keys, long offset, OptionalLong limit, RowType type)
        implements PlanNode {
    public SortNode {
        keys = List.copyOf(keys);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSort(this);
    }
}
