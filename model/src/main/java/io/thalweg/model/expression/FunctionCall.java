package io.thalweg.model.expression;

import io.thalweg.model.type.SqlType;
import java.util.List;

/** A function applied to arguments, with the type that the planner gave the result. */
public record FunctionCall(ScalarFunction function, List<ScalarExpression> arguments, SqlType type)
        implements ScalarExpression {
    public FunctionCall {
        arguments = List.copyOf(arguments);
    }

    public static FunctionCall of(ScalarFunction function, SqlType type, ScalarExpression... arguments) {
        return new FunctionCall(function, List.of(arguments), type);
    }

    public ScalarExpression argument(int index) {
        return arguments.get(index);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCall(this);
    }
}
