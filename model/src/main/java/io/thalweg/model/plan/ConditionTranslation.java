package io.thalweg.model.plan;

import io.thalweg.model.delta.OrderKey;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns conditions over the rows of a scan into conditions over blocks: comparisons of a column with constants, tests for
 * NULL, and AND, OR and NOT of these. Of an AND whatever can be turned counts; everything else is empty if a part is.
 */
final class ConditionTranslation {
    private final ScanNode scan;

    ConditionTranslation(ScanNode scan) {
        this.scan = scan;
    }

    /** What must be possible for the condition to be true. */
    Optional<BlockCondition> translate(ScalarExpression condition) {
        return translate(condition, true);
    }

    /** What must be possible for the condition to have this value. */
    private Optional<BlockCondition> translate(ScalarExpression condition, boolean value) {
        if (condition instanceof ColumnReference column) {
            Literal wanted = Literal.of(value);
            return stored(column).map(stored -> ConstantRange.equal(stored, column.type(), wanted));
        }
        if (!(condition instanceof FunctionCall call)) {
            return Optional.empty();
        }
        return switch (call.function()) {
            case AND -> value ? all(call, true) : any(call, false);
            case OR -> value ? any(call, true) : all(call, false);
            case NOT -> translate(call.argument(0), !value);
            case IS_TRUE -> value ? translate(call.argument(0), true) : Optional.empty();
            case IS_FALSE -> value ? translate(call.argument(0), false) : Optional.empty();
            case IS_NULL -> column(call).map(stored -> value ? new BlockCondition.IsNull(stored) : notNull(stored));
            case IS_NOT_NULL -> column(call).map(stored -> value ? notNull(stored) : new BlockCondition.IsNull(stored));
            case IN -> value ? in(call) : Optional.empty();
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                comparison(call, value ? call.function() : opposite(call.function()));
            default -> Optional.empty();
        };
    }

    private static BlockCondition notNull(int column) {
        return new BlockCondition.Between(column, OrderKey.LEAST, OrderKey.GREATEST);
    }

    private Optional<BlockCondition> all(FunctionCall call, boolean value) {
        List<BlockCondition> parts = new ArrayList<>();
        call.arguments().forEach(part -> translate(part, value).ifPresent(parts::add));
        return parts.isEmpty() ? Optional.empty() : Optional.of(new BlockCondition.All(parts));
    }

    private Optional<BlockCondition> any(FunctionCall call, boolean value) {
        List<BlockCondition> parts = new ArrayList<>();
        for (ScalarExpression part : call.arguments()) {
            Optional<BlockCondition> translated = translate(part, value);
            if (translated.isEmpty()) {
                return translated;
            }
            parts.add(translated.get());
        }
        return Optional.of(new BlockCondition.Any(parts));
    }

    private Optional<Integer> column(FunctionCall call) {
        return call.argument(0) instanceof ColumnReference column ? stored(column) : Optional.empty();
    }

    /** The number of a column in the log; empty for what the log adds to a row. */
    private Optional<Integer> stored(ColumnReference column) {
        int stored = scan.columns().get(column.column());
        return stored < 0 ? Optional.empty() : Optional.of(stored);
    }

    private Optional<BlockCondition> in(FunctionCall call) {
        List<BlockCondition> points = new ArrayList<>();
        Optional<Integer> column = column(call);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        for (ScalarExpression element :
                call.arguments().subList(1, call.arguments().size())) {
            if (!(element instanceof Literal literal)
                    || literal.type().name() != call.argument(0).type().name()) {
                return Optional.empty();
            }
            if (!literal.isNull()) {
                points.add(ConstantRange.equal(column.get(), call.argument(0).type(), literal));
            }
        }
        return Optional.of(new BlockCondition.Any(points));
    }

    private Optional<BlockCondition> comparison(FunctionCall call, ScalarFunction function) {
        ScalarExpression left = call.argument(0);
        ScalarExpression right = call.argument(1);
        if (left instanceof ColumnReference column) {
            return comparison(column, function, right);
        }
        return right instanceof ColumnReference column
                ? comparison(column, mirrored(function), left)
                : Optional.empty();
    }

    private Optional<BlockCondition> comparison(
            ColumnReference column, ScalarFunction function, ScalarExpression constant) {
        Optional<Integer> stored = stored(column);
        if (stored.isEmpty() || constant.type().name() != column.type().name()) {
            return Optional.empty();
        }
        if (constant instanceof ParameterReference) {
            // What it will be is known when the query runs; until then this says only that it helps.
            return Optional.of(notNull(stored.get()));
        }
        if (!(constant instanceof Literal literal)) {
            return Optional.empty();
        }
        if (literal.isNull()) {
            return Optional.of(BlockCondition.NEVER);
        }
        return switch (function) {
            case EQUAL -> Optional.of(ConstantRange.equal(stored.get(), column.type(), literal));
            case LESS, LESS_OR_EQUAL -> Optional.of(ConstantRange.upTo(stored.get(), column.type(), literal));
            case GREATER, GREATER_OR_EQUAL -> Optional.of(ConstantRange.from(stored.get(), column.type(), literal));
            default -> Optional.empty();
        };
    }

    private static ScalarFunction mirrored(ScalarFunction function) {
        return switch (function) {
            case LESS -> ScalarFunction.GREATER;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
            case GREATER -> ScalarFunction.LESS;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            default -> function;
        };
    }

    private static ScalarFunction opposite(ScalarFunction function) {
        return switch (function) {
            case LESS -> ScalarFunction.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER;
            case GREATER -> ScalarFunction.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS;
            case EQUAL -> ScalarFunction.NOT_EQUAL;
            case NOT_EQUAL -> ScalarFunction.EQUAL;
            default -> throw new IllegalArgumentException(function + " is no comparison");
        };
    }
}
