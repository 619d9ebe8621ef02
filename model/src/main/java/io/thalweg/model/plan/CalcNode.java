package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the rows for which the condition is true and computes the projections from each.
 *
 * @param condition a BOOLEAN expression over the input row; without one every row is kept
 * @param projections one expression over the input row for each column of the result
 */
public record CalcNode(
        PlanNode input, Optional<ScalarExpression> condition, List<ScalarExpression> projections, RowType type)
        implements PlanNode {
    public CalcNode {
        projections = List.copyOf(projections);
        if (projections.size() != type.size()) {
            throw new IllegalArgumentException(projections.size() + " projections with a row type of " + type.size());
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCalc(this);
    }
}
