package io.thalweg.planner.lowering;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;

/** The window functions in the expressions of a projection, each once. */
final class OverCalls {
    private final List<RexNode> expressions;
    private final Set<RexOver> calls = new LinkedHashSet<>();
    private final Set<RexOver> nullable = new HashSet<>();

    OverCalls(List<RexNode> expressions) {
        this.expressions = expressions.stream().map(this::withSums).toList();
        RexShuttle collector = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                calls.add(over);
                return over;
            }
        };
        this.expressions.forEach(expression -> expression.accept(collector));
    }

    /** The expressions, in which a SUM is a call of SUM. */
    List<RexNode> expressions() {
        return expressions;
    }

    List<RexOver> all() {
        return new ArrayList<>(calls);
    }

    /** The validated form of SUM is {@code CASE WHEN COUNT(x) > 0 THEN SUM(x) END}; our SUM is NULL by itself. */
    private RexNode withSums(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (call.getKind() == SqlKind.CASE
                        && call.getOperands().size() == 3
                        && isCountAboveZero(call.getOperands().get(0))
                        && RexUtil.isNullLiteral(call.getOperands().get(2), true)
                        && RexUtil.removeCast(call.getOperands().get(1)) instanceof RexOver sum
                        && sum.getAggOperator().getKind() == SqlKind.SUM) {
                    nullable.add(sum);
                    return sum;
                }
                return super.visitCall(call);
            }
        });
    }

    private static boolean isCountAboveZero(RexNode condition) {
        return condition instanceof RexCall call
                && call.getKind() == SqlKind.GREATER_THAN
                && call.getOperands().get(0) instanceof RexOver count
                && count.getAggOperator().getKind() == SqlKind.COUNT
                && call.getOperands().get(1) instanceof RexLiteral zero
                && RexLiteral.intValue(zero) == 0;
    }

    /** Whether a call may be NULL, though it was validated as one that is not. */
    boolean mayBeNull(RexOver over) {
        return nullable.contains(over) || over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER;
    }
}
