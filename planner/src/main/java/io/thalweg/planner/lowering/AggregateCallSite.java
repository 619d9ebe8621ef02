package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.AggregateLibrary;
import io.thalweg.planner.type.TypeTranslator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelFieldCollation;

/** One call of an aggregate function on its way into the plan. */
final class AggregateCallSite {
    private final org.apache.calcite.rel.core.AggregateCall call;
    private final AggregateInput input;
    private final String name;
    private final AggregateFunction function;
    private final List<SortKey> order;
    private final SqlType type;

    private AggregateCallSite(org.apache.calcite.rel.core.AggregateCall call, AggregateInput input) {
        this.call = call;
        this.input = input;
        this.name = call.getAggregation().getName();
        this.function = AggregateLibrary.find(name).orElseThrow(() -> unsupported("aggregate function " + name));
        this.order = call.getCollation().getFieldCollations().stream()
                .map(AggregateCallSite::key)
                .toList();
        this.type = TypeTranslator.toModel(call.getType());
    }

    /** Translates a call; what it needs beside the columns there are is added to the input. */
    static AggregateCall lower(org.apache.calcite.rel.core.AggregateCall call, AggregateInput input) {
        return CollectionArguments.isOf(call)
                ? CollectionArguments.lower(call, input)
                : new AggregateCallSite(call, input).lower();
    }

    private static SortKey key(RelFieldCollation collation) {
        return new SortKey(
                collation.getFieldIndex(),
                collation.direction.isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST);
    }

    private static ThalwegException unsupported(String what) {
        return new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported");
    }

    private AggregateCall lower() {
        boolean ordered = function == AggregateFunction.LIST_OF_TEXT
                || function == AggregateFunction.PERCENTILE_CONTINUOUS
                || function == AggregateFunction.PERCENTILE_DISCRETE;
        if (!order.isEmpty() && !ordered) {
            throw unsupported("an order in aggregate function " + name);
        }
        return switch (function) {
            case COUNT -> count();
            case COUNT_ROWS -> rowsThatMeet(call.getArgList().get(0));
            case MINIMUM, MAXIMUM, BIT_AND, BIT_OR ->
                once(argument(0, input.type(call.getArgList().get(0))));
            case SUM, AVERAGE, BIT_XOR, MODE ->
                plain(List.of(argument(0, input.type(call.getArgList().get(0)))), List.of());
            case VALUE_AT_MINIMUM, VALUE_AT_MAXIMUM -> valueAt();
            case PERCENTILE_CONTINUOUS, PERCENTILE_DISCRETE -> percentile();
            case LIST_OF_TEXT -> list();
            default -> moments();
        };
    }

    private OptionalInt filter() {
        return call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg);
    }

    private AggregateCall plain(List<Integer> arguments, List<Literal> constants) {
        return new AggregateCall(function, arguments, filter(), call.isDistinct(), List.of(), constants, type);
    }

    /** For this function equal values make no difference. */
    private AggregateCall once(int argument) {
        return new AggregateCall(function, OptionalInt.of(argument), filter(), false, type);
    }

    private AggregateCall count() {
        if (call.getArgList().isEmpty()) {
            return new AggregateCall(AggregateFunction.COUNT_ROWS, OptionalInt.empty(), filter(), false, type);
        }
        if (call.getArgList().size() > 1) {
            throw unsupported(name + " of more than one argument");
        }
        int argument = argument(0, input.type(call.getArgList().get(0)));
        boolean distinct = call.isDistinct() || name.equals("APPROX_COUNT_DISTINCT");
        return new AggregateCall(function, OptionalInt.of(argument), filter(), distinct, type);
    }

    private AggregateCall rowsThatMeet(int condition) {
        if (call.isDistinct()) {
            throw unsupported("DISTINCT in aggregate function " + name);
        }
        int filter = condition;
        if (call.filterArg >= 0) {
            ScalarExpression both = FunctionCall.of(
                    ScalarFunction.AND, SqlType.BOOLEAN, input.column(call.filterArg), input.column(condition));
            filter = input.add(both);
        }
        return new AggregateCall(function, OptionalInt.empty(), OptionalInt.of(filter), false, type);
    }

    private AggregateCall valueAt() {
        int value = argument(0, input.type(call.getArgList().get(0)));
        int key = argument(1, input.type(call.getArgList().get(1)));
        return new AggregateCall(function, List.of(value, key), filter(), false, List.of(), List.of(), type);
    }

    private AggregateCall moments() {
        if (call.isDistinct() && call.getArgList().size() > 1) {
            throw unsupported("DISTINCT in aggregate function " + name);
        }
        List<Integer> arguments = IntStream.range(0, call.getArgList().size())
                .mapToObj(i -> argument(i, SqlType.DOUBLE))
                .toList();
        return plain(arguments, List.of());
    }

    private AggregateCall percentile() {
        boolean isMedian = call.getArgList().size() == 1 && order.isEmpty();
        Literal fraction = isMedian ? new Literal(0.5, SqlType.DOUBLE.notNull()) : fraction();
        int value = order.isEmpty() ? call.getArgList().get(0) : order.get(0).column();
        if (order.size() > 1) {
            throw unsupported("more than one key in the order of aggregate function " + name);
        }
        SqlType valueType = input.type(value);
        if (function == AggregateFunction.PERCENTILE_CONTINUOUS) {
            if (!valueType.name().isNumeric()) {
                throw unsupported("aggregate function " + name + " of values of type " + valueType.sqlText());
            }
            if (type.name() != TypeName.DOUBLE) {
                // The validator gives the result the type of the values, where it would not fit.
                throw unsupported("aggregate function " + name + " of values of type " + valueType.sqlText())
                        .withHint("Make them DOUBLE by CAST, or use MEDIAN.");
            }
            value = input.cast(value, SqlType.DOUBLE);
        }
        boolean descending = !order.isEmpty() && order.get(0).descending();
        List<SortKey> direction = List.of(new SortKey(value, descending, false));
        // The validator takes it to be there whenever the values are, but there may be no values.
        SqlType result = type.withNullable(true);
        return new AggregateCall(
                function, List.of(value), filter(), call.isDistinct(), direction, List.of(fraction), result);
    }

    private Literal fraction() {
        int column = call.getArgList().get(order.isEmpty() ? 1 : 0);
        Literal fraction = Coercion.fold(constant(column), SqlType.DOUBLE.notNull())
                .orElseThrow(() -> unsupported("a fraction that is not a number in aggregate function " + name));
        if (!(fraction.value() instanceof Double value) || !(value >= 0 && value <= 1)) {
            throw new ThalwegException(
                    ErrorCode.INVALID_QUERY, "the fraction of aggregate function " + name + " is not between 0 and 1");
        }
        return fraction;
    }

    private AggregateCall list() {
        int text = call.getArgList().get(0);
        Literal separator =
                call.getArgList().size() > 1 ? constant(call.getArgList().get(1)) : Literal.of("");
        if (!(separator.value() instanceof String)) {
            throw unsupported("a separator that is not a text in aggregate function " + name);
        }
        boolean bySelf = order.stream().allMatch(key -> key.column() == text);
        if (call.isDistinct() && !bySelf) {
            throw unsupported("DISTINCT with an order by something else in aggregate function " + name);
        }
        return new AggregateCall(function, List.of(text), filter(), call.isDistinct(), order, List.of(separator), type);
    }

    private Literal constant(int column) {
        return input.constant(column)
                .orElseThrow(
                        () -> unsupported("an argument of aggregate function " + name + " that is not a constant"));
    }

    /** The column of an argument, made to be of a type. */
    private int argument(int index, SqlType wanted) {
        int column = call.getArgList().get(index);
        SqlType given = input.type(column);
        boolean summing = function == AggregateFunction.SUM || function == AggregateFunction.AVERAGE;
        if ((summing && !given.name().isNumeric()) || given.name().isInterval()) {
            throw unsupported("aggregate function " + name + " of values of type " + given.sqlText());
        }
        return input.cast(column, wanted);
    }
}
