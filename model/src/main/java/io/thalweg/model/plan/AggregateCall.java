package io.thalweg.model.plan;

import io.thalweg.model.type.SqlType;
import java.util.OptionalInt;

/**
 * One aggregate of a group.
 *
 * @param argument the input column it folds; none for {@link AggregateFunction#COUNT_ROWS}
 * @param filter a BOOLEAN input column; only rows where it is true count
 * @param distinct whether equal values count once
 */
public record AggregateCall(
        AggregateFunction function, OptionalInt argument, OptionalInt filter, boolean distinct, SqlType type) {
    public AggregateCall {
        if (argument.isPresent() == (function == AggregateFunction.COUNT_ROWS)) {
            throw new IllegalArgumentException(function + " with argument " + argument);
        }
    }
}
