package io.thalweg.planner.lowering;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.RankRange.RankFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A condition over a projection that keeps the rows whose rank is in a range.
 *
 * @param rank the window function
 * @param range the ranks that are kept; none if the condition contradicts itself
 * @param rest the other conditions
 */
record RankCondition(RexOver rank, Optional<RankRange> range, List<RexNode> rest) {
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE - 1);

    /** Finds a rank that a condition bounds from above. */
    static Optional<RankCondition> find(RexNode condition, OverCalls calls, ExpressionLowering expressions) {
        for (RexOver over : calls.all()) {
            RankFunction function = function(over);
            if (function != null) {
                Bounds bounds = new Bounds(over, calls.expressions(), expressions);
                RelOptUtil.conjunctions(condition).forEach(bounds::add);
                if (bounds.last.compareTo(MAX) < 0) {
                    return Optional.of(new RankCondition(over, bounds.range(function), bounds.rest));
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable RankFunction function(RexOver over) {
        return switch (over.getAggOperator().getKind()) {
            case ROW_NUMBER -> RankFunction.ROW_NUMBER;
            case RANK -> RankFunction.RANK;
            case DENSE_RANK -> RankFunction.DENSE_RANK;
            default -> null;
        };
    }

    /** What conditions over the columns of a projection say of a rank in it. */
    private static final class Bounds {
        private final RexOver rank;
        private final List<RexNode> columns;
        private final ExpressionLowering expressions;
        private final List<RexNode> rest = new ArrayList<>();
        private BigDecimal first = BigDecimal.ONE;
        private BigDecimal last = MAX;

        private Bounds(RexOver rank, List<RexNode> columns, ExpressionLowering expressions) {
            this.rank = rank;
            this.columns = columns;
            this.expressions = expressions;
        }

        private void add(RexNode condition) {
            boolean isBound;
            if (condition instanceof RexInputRef column) {
                // The condition of QUALIFY is a column of its own.
                isBound = true;
                for (RexNode part : RelOptUtil.conjunctions(columns.get(column.getIndex()))) {
                    isBound &= isBound(part, rank::equals);
                }
            } else {
                isBound = isBound(
                        condition,
                        operand -> operand instanceof RexInputRef column
                                && columns.get(column.getIndex()).equals(rank));
            }
            if (!isBound) {
                rest.add(condition);
            }
        }

        private boolean isBound(RexNode condition, Predicate<RexNode> isRank) {
            if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
                return false;
            }
            RexNode left = call.getOperands().get(0);
            RexNode right = call.getOperands().get(1);
            return isRank.test(left)
                    ? bound(call.getKind(), right)
                    : isRank.test(right) && bound(call.getKind().reverse(), left);
        }

        /** Takes a bound in; false if it is none. */
        private boolean bound(SqlKind comparison, RexNode value) {
            Optional<BigDecimal> constant = expressions.lower(value) instanceof Literal literal
                    ? NumberLiteral.value(literal)
                    : Optional.empty();
            if (constant.isEmpty()) {
                return false;
            }
            BigDecimal number = constant.get();
            BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
            BigDecimal ceiling = number.setScale(0, RoundingMode.CEILING);
            switch (comparison) {
                case LESS_THAN -> last = last.min(ceiling.subtract(BigDecimal.ONE));
                case LESS_THAN_OR_EQUAL -> last = last.min(floor);
                case GREATER_THAN -> first = first.max(floor.add(BigDecimal.ONE));
                case GREATER_THAN_OR_EQUAL -> first = first.max(ceiling);
                case EQUALS -> {
                    first = first.max(ceiling);
                    last = last.min(floor);
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private Optional<RankRange> range(RankFunction function) {
            return first.compareTo(last) > 0
                    ? Optional.empty()
                    : Optional.of(new RankRange(function, first.longValueExact(), last.longValueExact()));
        }
    }
}
