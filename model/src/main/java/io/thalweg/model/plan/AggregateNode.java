package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Groups rows by the values of some columns, NULLs being equal, and folds each group. Without group columns there is
 * exactly one group, also over no rows; without calls this is DISTINCT.
 *
 * @param groupColumns input columns; the first columns of the result, followed by the calls
 * @param closeTime over the result row: when a group is final and its state may go
 */
public record AggregateNode(
        PlanNode input,
        List<Integer> groupColumns,
        List<AggregateCall> calls,
        Optional<CloseTime> closeTime,
        RowType type)
        implements PlanNode {
    public AggregateNode {
        groupColumns = List.copyOf(groupColumns);
        calls = List.copyOf(calls);
        if (groupColumns.size() + calls.size() != type.size()) {
            throw new IllegalArgumentException(
                    groupColumns.size() + " groups and " + calls.size() + " calls with a row type of " + type.size());
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitAggregate(this);
    }
}
