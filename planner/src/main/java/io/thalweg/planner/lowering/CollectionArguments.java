package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.CollectionAggregates;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;

/**
 * What is folded by aggregates that keep all values: a ROW for each input row, whose order is that of the values. For an
 * array it has a sort key for each part of the ORDER BY and the value last, for a map the key and the value.
 */
final class CollectionArguments {
    static final Map<SqlAggFunction, AggregateFunction> FUNCTIONS = Map.of(
            CollectionAggregates.ARRAY_AGG, AggregateFunction.ARRAY_AGGREGATE,
            CollectionAggregates.COLLECT, AggregateFunction.ARRAY_AGGREGATE,
            CollectionAggregates.MAP_AGG, AggregateFunction.MAP_AGGREGATE);

    private CollectionArguments() {}

    static boolean isOf(AggregateCall call) {
        return FUNCTIONS.containsKey(call.getAggregation());
    }

    /** Translates a call; its argument is added to the input. */
    static io.thalweg.model.plan.AggregateCall lower(AggregateCall call, AggregateInput input) {
        return new io.thalweg.model.plan.AggregateCall(
                Objects.requireNonNull(FUNCTIONS.get(call.getAggregation()), "an aggregate of values"),
                OptionalInt.of(input.add(row(call, input))),
                call.filterArg < 0 ? OptionalInt.empty() : OptionalInt.of(call.filterArg),
                call.isDistinct(),
                TypeTranslator.toModel(call.getType()));
    }

    private static ScalarExpression row(AggregateCall call, AggregateInput input) {
        List<ScalarExpression> fields = new ArrayList<>();
        for (RelFieldCollation key : call.getCollation().getFieldCollations()) {
            boolean nullsFirst = key.nullDirection == RelFieldCollation.NullDirection.FIRST
                    || key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED && key.direction.isDescending();
            fields.add(FunctionCall.of(
                    ScalarFunction.SORT_KEY,
                    SqlType.VARBINARY.notNull(),
                    input.column(key.getFieldIndex()),
                    Literal.of(key.direction.isDescending()),
                    Literal.of(nullsFirst)));
        }
        call.getArgList().forEach(argument -> fields.add(component(input.column(argument))));
        List<Field> types = new ArrayList<>();
        fields.forEach(field -> types.add(new Field("f" + types.size(), field.type())));
        return new FunctionCall(
                ScalarFunction.ROW_OF, fields, SqlType.row(types).notNull());
    }

    /** Within others a CHAR is a VARCHAR. */
    private static ScalarExpression component(ScalarExpression value) {
        return value.type().name() == TypeName.CHAR
                ? Coercion.cast(value, SqlType.varchar(value.type().precision()))
                : value;
    }
}
