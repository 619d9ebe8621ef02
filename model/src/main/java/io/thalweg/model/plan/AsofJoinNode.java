package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.OptionalLong;

/**
 * Joins each left row with one right row at most: of those with equal keys the one that is nearest by {@link AsofMatch}. Of
 * several that are equally near it takes, by all columns in their order, the last when it looks back and the first when it
 * looks ahead, so that the rows alone decide.
 *
 * @param keepsUnmatched whether a left row without a partner is in the result, with NULL in the right columns
 * @param settledMicros if present, the matched columns are TIMESTAMPs, and no row with a value up to v comes to or goes from
 *     either input once the watermark has reached v plus this
 * @param type the left columns, followed by the right columns, nullable if left rows are kept without them
 */
public record AsofJoinNode(
        PlanNode left,
        PlanNode right,
        JoinKeys keys,
        AsofMatch match,
        boolean keepsUnmatched,
        OptionalLong settledMicros,
        RowType type)
        implements PlanNode {
    /** The kind of join whose result has the same columns. */
    public JoinKind kind() {
        return keepsUnmatched ? JoinKind.LEFT : JoinKind.INNER;
    }

    /** The same join with other inputs, of the same types. */
    public AsofJoinNode over(PlanNode newLeft, PlanNode newRight) {
        return new AsofJoinNode(newLeft, newRight, keys, match, keepsUnmatched, settledMicros, type);
    }

    /** The same join whose inputs settle at another time. */
    public AsofJoinNode settling(OptionalLong newSettledMicros) {
        return new AsofJoinNode(left, right, keys, match, keepsUnmatched, newSettledMicros, type);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitAsofJoin(this);
    }
}
