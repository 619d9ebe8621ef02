package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * The inner join of two relations on equal keys; NULL keys match nothing. Without keys it is the cross product.
 *
 * @param leftKeys columns of the left input
 * @param rightKeys columns of the right input, equal in number and type
 * @param residual a further BOOLEAN condition over the left columns followed by the right columns
 * @param type the left columns followed by the right columns
 */
public record JoinNode(
        PlanNode left,
        PlanNode right,
        List<Integer> leftKeys,
        List<Integer> rightKeys,
        Optional<ScalarExpression> residual,
        RowType type)
        implements PlanNode {
    public JoinNode {
        leftKeys = List.copyOf(leftKeys);
        rightKeys = List.copyOf(rightKeys);
        if (leftKeys.size() != rightKeys.size()) {
            throw new IllegalArgumentException(leftKeys.size() + " left keys and " + rightKeys.size() + " right keys");
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitJoin(this);
    }
}
