package io.thalweg.planner.analysis;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an expression tells about when rows are final, from what the columns of its input tell. */
final class ExpressionTime implements ScalarExpression.Visitor<Optional<ColumnTime>> {
    private static final Map<String, Long> UNIT_MICROS = Map.of(
            "MILLISECOND", 1_000L,
            "SECOND", 1_000_000L,
            "MINUTE", 60_000_000L,
            "HOUR", 3_600_000_000L,
            "DAY", 86_400_000_000L,
            "WEEK", 604_800_000_000L);

    private final List<Optional<ColumnTime>> input;

    ExpressionTime(List<Optional<ColumnTime>> input) {
        this.input = input;
    }

    @Override
    public Optional<ColumnTime> visitColumn(ColumnReference column) {
        return input.get(column.column());
    }

    @Override
    public Optional<ColumnTime> visitLiteral(Literal literal) {
        return Optional.empty();
    }

    @Override
    public Optional<ColumnTime> visitParameter(ParameterReference parameter) {
        return Optional.empty();
    }

    @Override
    public Optional<ColumnTime> visitCall(FunctionCall call) {
        return switch (call.function()) {
            case TUMBLE_START -> call.argument(0).accept(this).map(t -> t.windowStart(constant(call.argument(1))));
            case FLOOR_DATETIME -> floor(call);
            case ADD_INTERVAL ->
                call.argument(1) instanceof Literal interval
                                && interval.type().name() == TypeName.INTERVAL_MICROS
                                && !interval.isNull()
                        ? call.argument(0).accept(this).map(t -> t.plus(constant(interval)))
                        : Optional.empty();
            case CAST -> keepsValue(call) ? call.argument(0).accept(this) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<ColumnTime> floor(FunctionCall call) {
        Long unit = call.argument(0) instanceof Literal name ? UNIT_MICROS.get(String.valueOf(name.value())) : null;
        return unit == null || call.type().name() == TypeName.DATE
                ? Optional.empty()
                : call.argument(1).accept(this).map(t -> t.windowStart(unit));
    }

    private static boolean keepsValue(FunctionCall cast) {
        return cast.type().name() == cast.argument(0).type().name()
                && cast.type().precision() >= cast.argument(0).type().precision();
    }

    private static long constant(ScalarExpression expression) {
        return expression instanceof Literal literal && literal.value() instanceof Long value ? value : 0;
    }
}
