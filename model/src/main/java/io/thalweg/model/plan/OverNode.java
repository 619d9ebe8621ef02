package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Adds to each row what window functions say of it among the rows of its partition. Rows with equal sort keys are peers; where
 * peers must have an order, as for ROW_NUMBER, it is that of all columns, so that the rows alone decide.
 *
 * @param partition input columns by whose values rows are partitioned; none for one partition
 * @param keys the order in a partition
 * @param calls the functions, all over this partition and order
 * @param closeTime over the result row: when a partition is final and its state may go
 * @param type the input's columns, then one for each call
 */
public record OverNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> keys,
        List<OverCall> calls,
        Optional<CloseTime> closeTime,
        RowType type)
        implements PlanNode {
    public OverNode {
        partition = List.copyOf(partition);
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
        if (type.size() != input.type().size() + calls.size()) {
            throw new IllegalArgumentException("a result of " + type.size() + " columns over "
                    + input.type().size() + " and " + calls.size());
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitOver(this);
    }
}
