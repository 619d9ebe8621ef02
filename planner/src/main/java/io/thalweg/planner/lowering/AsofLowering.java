package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.relation.AsofRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Turns an as-of join into its node: keys and matched values become columns of the inputs. */
final class AsofLowering {
    private final ExpressionLowering expressions;

    AsofLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    PlanNode lower(AsofRelation join, PlanNode left, PlanNode right) {
        int leftSize = left.type().size();
        JoinLowering.KeyedSide leftSide = new JoinLowering.KeyedSide(left);
        JoinLowering.KeyedSide rightSide = new JoinLowering.KeyedSide(right);
        for (ScalarExpression conjunct : JoinLowering.conjuncts(expressions.lower(join.condition()))) {
            if (!JoinLowering.addKey(conjunct, leftSize, leftSide, rightSide)) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "an as-of join on anything but equalities between both sides is not supported");
            }
        }
        AsofMatch match = match(expressions.lower(join.match()), leftSize, leftSide, rightSide);
        JoinKeys keys = new JoinKeys(leftSide.keys(), rightSide.keys());
        PlanNode leftNode = leftSide.node();
        PlanNode rightNode = rightSide.node();
        JoinKind kind = join.keepsUnmatched() ? JoinKind.LEFT : JoinKind.INNER;
        RowType type = JoinNode.resultType(kind, leftNode.type(), rightNode.type());
        PlanNode node =
                new AsofJoinNode(leftNode, rightNode, keys, match, join.keepsUnmatched(), OptionalLong.empty(), type);
        return withoutAdded(
                node, leftSize, leftNode.type().size(), join.getRowType().getFieldNames());
    }

    /** The result without the columns that were added to the sides. */
    private static PlanNode withoutAdded(PlanNode node, int leftSize, int rightStart, List<String> names) {
        List<ScalarExpression> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i < leftSize ? i : i - leftSize + rightStart;
            columns.add(new ColumnReference(column, node.type().type(column)));
        }
        return CalcComposer.project(node, columns, names);
    }

    private static AsofMatch match(
            ScalarExpression condition, int leftSize, JoinLowering.KeyedSide left, JoinLowering.KeyedSide right) {
        if (condition instanceof FunctionCall comparison
                && comparison.arguments().size() == 2) {
            ScalarExpression first = comparison.argument(0);
            ScalarExpression second = comparison.argument(1);
            boolean isWritten = JoinLowering.isOf(first, leftSize, false) && JoinLowering.isOf(second, leftSize, true);
            boolean isSwapped = JoinLowering.isOf(first, leftSize, true) && JoinLowering.isOf(second, leftSize, false);
            if (isWritten || isSwapped) {
                ScalarExpression ofLeft = isWritten ? first : second;
                ScalarExpression ofRight = JoinLowering.unshifted(isWritten ? second : first, leftSize);
                checkKind(ofLeft);
                return new AsofMatch(left.column(ofLeft), right.column(ofRight), nearest(comparison, isWritten));
            }
        }
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a MATCH_CONDITION that does not compare a value of either side is not supported");
    }

    private static AsofMatch.Nearest nearest(FunctionCall comparison, boolean leftFirst) {
        return switch (comparison.function()) {
            case GREATER_OR_EQUAL -> leftFirst ? AsofMatch.Nearest.AT_OR_BEFORE : AsofMatch.Nearest.AT_OR_AFTER;
            case GREATER -> leftFirst ? AsofMatch.Nearest.BEFORE : AsofMatch.Nearest.AFTER;
            case LESS_OR_EQUAL -> leftFirst ? AsofMatch.Nearest.AT_OR_AFTER : AsofMatch.Nearest.AT_OR_BEFORE;
            case LESS -> leftFirst ? AsofMatch.Nearest.AFTER : AsofMatch.Nearest.BEFORE;
            default ->
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "a MATCH_CONDITION other than <, <=, > or >= is not supported");
        };
    }

    private static void checkKind(ScalarExpression value) {
        PhysicalKind kind = value.type().kind();
        if (kind != PhysicalKind.INT && kind != PhysicalKind.LONG && kind != PhysicalKind.DOUBLE) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a MATCH_CONDITION over values of type " + value.type().sqlText() + " is not supported");
        }
    }
}
