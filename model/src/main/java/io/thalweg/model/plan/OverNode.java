package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds to each row what window functions say of it among the rows of its partition. Rows with equal sort keys are peers; where
 * peers must have an order, as for ROW_NUMBER, it is that of all columns, so that the rows alone decide.
 *
 * @param partition input columns by whose values rows are partitioned; none for one partition
 * @param keys the order in a partition
 * @param calls the functions, all over this partition and order
 * @param closeTime over the result row: when a partition is final and its state may go
 * @param settledMicros if present, the first sort key is an ascending TIMESTAMP without NULLs, and no row with a value up to v
 *     comes or goes any more once the watermark has reached v plus this: rows that no later one needs may be forgotten
 * @param type the input's columns, then one for each call
 */
public record OverNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> keys,
        List<OverCall> calls,
        Optional<CloseTime> closeTime,
        OptionalLong settledMicros,
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

    /** The same functions over another input, of the same type. */
    public OverNode over(PlanNode newInput) {
        return new OverNode(newInput, partition, keys, calls, closeTime, settledMicros, type);
    }

    /** The same functions whose partitions close and whose rows settle at other times. */
    public OverNode closing(Optional<CloseTime> newCloseTime, OptionalLong newSettledMicros) {
        return new OverNode(input, partition, keys, calls, newCloseTime, newSettledMicros, type);
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
