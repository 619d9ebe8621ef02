package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates what needs no function library: the logic of constants, comparisons of constant numbers and texts, negated
 * numbers. So {@code WHERE 1 <> 1}, which tools send, is seen to be empty. Everything else is left to the runtime, whose
 * arithmetic is the only one.
 */
final class ConstantFolding {
    private ConstantFolding() {}

    static ScalarExpression fold(ScalarExpression expression) {
        if (!(expression instanceof FunctionCall call)) {
            return expression;
        }
        return switch (call.function()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call);
            case AND -> chain(call, false);
            case OR -> chain(call, true);
            case NOT -> not(call);
            case NEGATE -> negation(call);
            case IS_NULL, IS_NOT_NULL -> nullTest(call);
            default -> expression;
        };
    }

    /** Whether a condition can never be true. */
    static boolean isNeverTrue(ScalarExpression condition) {
        return condition instanceof Literal literal
                && (literal.isNull() || Integer.valueOf(0).equals(literal.value()));
    }

    private static boolean isAlwaysTrue(ScalarExpression condition) {
        return condition instanceof Literal literal && Integer.valueOf(1).equals(literal.value());
    }

    private static ScalarExpression comparison(FunctionCall call) {
        if (!(call.argument(0) instanceof Literal left) || !(call.argument(1) instanceof Literal right)) {
            return call;
        }
        if (left.isNull() || right.isNull()) {
            return Literal.nullOf(SqlType.BOOLEAN);
        }
        return compare(left, right)
                .<ScalarExpression>map(order -> Literal.of(holds(call.function(), order)))
                .orElse(call);
    }

    private static Optional<Integer> compare(Literal left, Literal right) {
        Optional<BigDecimal> a = NumberLiteral.value(left);
        Optional<BigDecimal> b = NumberLiteral.value(right);
        if (a.isPresent() && b.isPresent()) {
            return Optional.of(a.get().compareTo(b.get()));
        }
        boolean equalText = left.type().equals(SqlType.VARCHAR.notNull()) && left.equals(right);
        return equalText ? Optional.of(0) : Optional.empty();
    }

    private static boolean holds(ScalarFunction comparison, int order) {
        return switch (comparison) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException("not a comparison: " + comparison);
        };
    }

    /** @param absorbing the value that decides: false for AND, true for OR */
    private static ScalarExpression chain(FunctionCall call, boolean absorbing) {
        List<ScalarExpression> open = new ArrayList<>();
        for (ScalarExpression condition : call.arguments()) {
            boolean constant = condition instanceof Literal literal && !literal.isNull();
            if (!constant) {
                open.add(condition);
            } else if (isAlwaysTrue(condition) == absorbing) {
                // What stands before it could fail, but need not be evaluated at all.
                return Literal.of(absorbing);
            }
        }
        if (open.isEmpty()) {
            return Literal.of(!absorbing);
        }
        if (open.size() == 1) {
            return open.get(0);
        }
        return open.size() == call.arguments().size() ? call : new FunctionCall(call.function(), open, call.type());
    }

    private static ScalarExpression not(FunctionCall call) {
        if (!(call.argument(0) instanceof Literal literal)) {
            return call;
        }
        return literal.isNull() ? literal : Literal.of(!isAlwaysTrue(literal));
    }

    private static ScalarExpression negation(FunctionCall call) {
        if (!(call.argument(0) instanceof Literal literal)
                || literal.type().name().isFloating()) {
            return call;
        }
        return NumberLiteral.value(literal)
                .flatMap(value -> NumberLiteral.of(value.negate(), call.type()))
                .<ScalarExpression>map(negated -> negated)
                .orElse(call);
    }

    private static ScalarExpression nullTest(FunctionCall call) {
        boolean asksForNull = call.function() == ScalarFunction.IS_NULL;
        if (call.argument(0) instanceof Literal literal) {
            return Literal.of(literal.isNull() == asksForNull);
        }
        return call.argument(0).type().nullable() ? call : Literal.of(!asksForNull);
    }
}
