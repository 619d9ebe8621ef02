package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts expressions in the place of column references, or of parameters. */
public final class ColumnSubstitution implements ScalarExpression.Visitor<ScalarExpression> {
    private final Function<ColumnReference, ScalarExpression> columns;
    private final Function<ParameterReference, ScalarExpression> parameters;

    private ColumnSubstitution(
            Function<ColumnReference, ScalarExpression> columns,
            Function<ParameterReference, ScalarExpression> parameters) {
        this.columns = columns;
        this.parameters = parameters;
    }

    /** The expression with every column reference replaced. */
    public static ScalarExpression substitute(
            ScalarExpression expression, Function<ColumnReference, ScalarExpression> replacement) {
        return expression.accept(new ColumnSubstitution(replacement, parameter -> parameter));
    }

    /** The expression with every parameter replaced. */
    public static ScalarExpression substituteParameters(
            ScalarExpression expression, Function<ParameterReference, ScalarExpression> replacement) {
        return expression.accept(new ColumnSubstitution(column -> column, replacement));
    }

    /** How often each of so many columns is referred to. */
    static int[] uses(Iterable<ScalarExpression> expressions, int columnCount) {
        int[] uses = new int[columnCount];
        for (ScalarExpression expression : expressions) {
            substitute(expression, column -> {
                uses[column.column()]++;
                return column;
            });
        }
        return uses;
    }

    @Override
    public ScalarExpression visitColumn(ColumnReference column) {
        return columns.apply(column);
    }

    @Override
    public ScalarExpression visitLiteral(Literal literal) {
        return literal;
    }

    @Override
    public ScalarExpression visitParameter(ParameterReference parameter) {
        return parameters.apply(parameter);
    }

    @Override
    public ScalarExpression visitCall(FunctionCall call) {
        List<ScalarExpression> arguments = new ArrayList<>(call.arguments().size());
        boolean changed = false;
        for (ScalarExpression argument : call.arguments()) {
            ScalarExpression replaced = argument.accept(this);
            arguments.add(replaced);
            changed |= !replaced.equals(argument);
        }
        return changed ? new FunctionCall(call.function(), arguments, call.type()) : call;
    }
}
