package io.thalweg.model.expression;

import io.thalweg.model.type.SqlType;

/** The value of a column of the input row, counted from 0. */
public record ColumnReference(int column, SqlType type) implements ScalarExpression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitColumn(this);
    }
}
