package io.thalweg.model.expression;

import io.thalweg.model.type.SqlType;

/** The value that the user gives for the parameter of this index, counted from 0, when the statement is executed. */
public record ParameterReference(int index, SqlType type) implements ScalarExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitParameter(this);
    }
}
