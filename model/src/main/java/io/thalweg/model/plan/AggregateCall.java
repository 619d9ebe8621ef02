package io.thalweg.model.plan;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.OptionalInt;

/**
 * One aggregate of a group.
 *
 * @param arguments the input columns it folds; none for {@link AggregateFunction#COUNT_ROWS}
 * @param filter a BOOLEAN input column; only rows where it is true count
 * @param distinct whether equal values count once
 * @param order by which input columns values are put in order, for a function that minds
 * @param constants arguments that are the same for all rows, such as a separator or a fraction
 */
public record AggregateCall(
        AggregateFunction function,
        List<Integer> arguments,
        OptionalInt filter,
        boolean distinct,
        List<SortKey> order,
        List<Literal> constants,
        SqlType type) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        order = List.copyOf(order);
        constants = List.copyOf(constants);
        if (arguments.size() != function.argumentCount()) {
            throw new IllegalArgumentException(function + " with arguments " + arguments);
        }
    }

    /** A call of a function of one argument or none that minds no order. */
    public AggregateCall(
            AggregateFunction function, OptionalInt argument, OptionalInt filter, boolean distinct, SqlType type) {
        this(
                function,
                argument.isPresent() ? List.of(argument.getAsInt()) : List.of(),
                filter,
                distinct,
                List.of(),
                List.of(),
                type);
    }

    /** The first argument, if there is one. */
    public OptionalInt argument() {
        return arguments.isEmpty() ? OptionalInt.empty() : OptionalInt.of(arguments.get(0));
    }
}
