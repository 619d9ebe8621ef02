package io.thalweg.planner.analysis;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition that a pair of rows of a join must meet: {@code earlier <= later + shift}, both of them TIMESTAMPs over the
 * columns of the pair.
 */
record TimeOrder(ScalarExpression earlier, ScalarExpression later, long shiftMicros) {
    /** All such conditions of a join, also those that its keys make. */
    static List<TimeOrder> of(JoinNode join) {
        List<TimeOrder> orders = new ArrayList<>();
        int leftSize = join.left().type().size();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            int leftKey = join.leftKeys().get(i);
            int rightKey = join.rightKeys().get(i);
            ScalarExpression left =
                    new ColumnReference(leftKey, join.left().type().type(leftKey));
            ScalarExpression right =
                    new ColumnReference(leftSize + rightKey, join.right().type().type(rightKey));
            add(left, right, 0, orders);
            add(right, left, 0, orders);
        }
        join.residual().ifPresent(condition -> addConjuncts(condition, orders));
        return orders;
    }

    private static void addConjuncts(ScalarExpression condition, List<TimeOrder> orders) {
        if (!(condition instanceof FunctionCall call)) {
            return;
        }
        switch (call.function()) {
            case AND -> call.arguments().forEach(part -> addConjuncts(part, orders));
            case LESS -> add(call.argument(0), call.argument(1), -1, orders);
            case LESS_OR_EQUAL -> add(call.argument(0), call.argument(1), 0, orders);
            case GREATER -> add(call.argument(1), call.argument(0), -1, orders);
            case GREATER_OR_EQUAL -> add(call.argument(1), call.argument(0), 0, orders);
            case EQUAL -> {
                add(call.argument(0), call.argument(1), 0, orders);
                add(call.argument(1), call.argument(0), 0, orders);
            }
            default -> {}
        }
    }

    /** Adds {@code low <= high + shift}, where both are times or one is the difference of two times and one a constant. */
    private static void add(ScalarExpression low, ScalarExpression high, long shift, List<TimeOrder> orders) {
        if (low.type().name().isTimestamp() && high.type().name().isTimestamp()) {
            orders.add(new TimeOrder(low, high, shift));
        } else if (isDifference(low) && isConstant(high)) {
            FunctionCall difference = (FunctionCall) low;
            add(difference.argument(0), difference.argument(1), micros(high), shift, orders);
        } else if (isConstant(low) && isDifference(high)) {
            FunctionCall difference = (FunctionCall) high;
            add(difference.argument(1), difference.argument(0), -micros(low), shift, orders);
        }
    }

    private static void add(
            ScalarExpression low, ScalarExpression high, long distance, long shift, List<TimeOrder> orders) {
        boolean areTimes = low.type().name().isTimestamp() && high.type().name().isTimestamp();
        long total = distance + shift;
        boolean overflows = ((distance ^ total) & (shift ^ total)) < 0;
        if (areTimes && !overflows) {
            orders.add(new TimeOrder(low, high, total));
        }
    }

    private static boolean isDifference(ScalarExpression expression) {
        return expression instanceof FunctionCall call
                && call.function() == ScalarFunction.SUBTRACT_DATETIME
                && call.type().name() == TypeName.INTERVAL_MICROS;
    }

    private static boolean isConstant(ScalarExpression expression) {
        return expression instanceof Literal literal
                && literal.type().name() == TypeName.INTERVAL_MICROS
                && literal.value() instanceof Long micros
                && micros != Long.MIN_VALUE;
    }

    private static long micros(ScalarExpression interval) {
        return interval instanceof Literal literal && literal.value() instanceof Long micros ? micros : 0;
    }
}
