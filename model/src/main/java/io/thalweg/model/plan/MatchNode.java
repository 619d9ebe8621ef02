package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * Finds rows that follow each other in a pattern: MATCH_RECOGNIZE of ISO/IEC 9075-2:2016. The rows of a partition are ordered by
 * the keys, then by all columns, so that the rows alone decide what matches.
 *
 * @param partition input columns by whose values rows are partitioned; none for one partition
 * @param order the order in a partition
 */
public record MatchNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> order,
        MatchPattern pattern,
        MatchOutput output,
        RowType type)
        implements PlanNode {
    public MatchNode {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        if (type.size() != output.columns().size() + output.measures().size()) {
            throw new IllegalArgumentException("a match of " + type.size() + " columns");
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMatch(this);
    }
}
