package io.thalweg.model.expression;

import io.thalweg.model.type.SqlType;

/** A typed expression over one row. */
public sealed interface ScalarExpression permits ColumnReference, Literal, ParameterReference, FunctionCall {
    SqlType type();

    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of expression. */
    interface Visitor<R> {
        R visitColumn(ColumnReference column);

        R visitLiteral(Literal literal);

        R visitParameter(ParameterReference parameter);

        R visitCall(FunctionCall call);
    }
}
