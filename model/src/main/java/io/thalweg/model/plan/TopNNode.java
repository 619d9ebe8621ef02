package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the rows of each partition whose rank is in a range. Rows with equal sort keys are ordered by all columns, so that the
 * rows alone decide, and not when they came.
 *
 * @param partition input columns by whose values rows are partitioned; none for one partition
 * @param keys the order in a partition
 * @param hasRank whether the result has the rank, a BIGINT, behind the columns of the input
 * @param closeTime over the result row: when a partition is final and its state may go
 */
public record TopNNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> keys,
        RankRange range,
        boolean hasRank,
        Optional<CloseTime> closeTime,
        RowType type)
        implements PlanNode {
    public TopNNode {
        partition = List.copyOf(partition);
        keys = List.copyOf(keys);
        if (type.size() != input.type().size() + (hasRank ? 1 : 0)) {
            throw new IllegalArgumentException("a result of " + type.size() + " columns over "
                    + input.type().size());
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTopN(this);
    }
}
