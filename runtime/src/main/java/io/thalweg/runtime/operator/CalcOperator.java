package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.runtime.expression.CalcFunction;
import io.thalweg.runtime.expression.ExpressionCompiler;

/** Filters and projects each row by itself. */
public final class CalcOperator implements Operator {
    private final CalcFunction function;

    public CalcOperator(CalcNode node) {
        this.function =
                ExpressionCompiler.compile(node.input().type(), node.condition(), node.projections(), node.type());
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        output.emit(function.apply(batch));
    }
}
