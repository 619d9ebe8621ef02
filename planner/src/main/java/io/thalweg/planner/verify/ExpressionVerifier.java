package io.thalweg.planner.verify;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks an expression against the row it is evaluated over, and its calls against the contracts of the functions. */
final class ExpressionVerifier implements ScalarExpression.Visitor<List<String>> {
    private static final Set<ScalarFunction> ARITHMETIC =
            EnumSet.of(ScalarFunction.ADD, ScalarFunction.SUBTRACT, ScalarFunction.MULTIPLY, ScalarFunction.DIVIDE);
    private static final Set<ScalarFunction> COMPARISONS = EnumSet.range(ScalarFunction.EQUAL, ScalarFunction.IN);
    private static final Set<ScalarFunction> CONNECTIVES =
            EnumSet.of(ScalarFunction.AND, ScalarFunction.OR, ScalarFunction.NOT);

    private final RowType input;
    private final List<SqlType> parameters;
    private final List<String> violations;

    ExpressionVerifier(RowType input, List<SqlType> parameters, List<String> violations) {
        this.input = input;
        this.parameters = parameters;
        this.violations = violations;
    }

    private void expect(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    @Override
    public List<String> visitColumn(ColumnReference column) {
        boolean exists = column.column() >= 0 && column.column() < input.size();
        expect(
                exists && input.type(column.column()).sameExceptNullability(column.type()),
                "column " + column.column() + " of type " + column.type() + " is not in the input " + input);
        return violations;
    }

    @Override
    public List<String> visitLiteral(Literal literal) {
        expect(!literal.isNull() || literal.type().nullable(), "a NULL of type " + literal.type());
        return violations;
    }

    @Override
    public List<String> visitParameter(ParameterReference parameter) {
        expect(
                parameter.index() < parameters.size()
                        && parameters.get(parameter.index()).equals(parameter.type()),
                "parameter " + parameter.index() + " has another type than the plan says");
        return violations;
    }

    @Override
    public List<String> visitCall(FunctionCall call) {
        call.arguments().forEach(argument -> argument.accept(this));
        if (ARITHMETIC.contains(call.function())) {
            checkSameName(call.arguments(), call.type(), call);
        } else if (COMPARISONS.contains(call.function())) {
            checkSameName(call.arguments(), call.argument(0).type(), call);
        } else if (CONNECTIVES.contains(call.function())) {
            checkSameName(call.arguments(), SqlType.BOOLEAN, call);
        } else if (call.function() == ScalarFunction.CASE) {
            checkCase(call);
        }
        return violations;
    }

    private void checkSameName(List<ScalarExpression> arguments, SqlType type, FunctionCall call) {
        for (ScalarExpression argument : arguments) {
            expect(
                    argument.type().name() == type.name(),
                    call.function() + " of " + argument.type() + " beside " + type);
        }
    }

    private void checkCase(FunctionCall call) {
        int last = call.arguments().size() - 1;
        for (int i = 0; i <= last; i++) {
            SqlType type = call.argument(i).type();
            boolean condition = i % 2 == 0 && i < last;
            expect(
                    condition ? type.name() == TypeName.BOOLEAN : type.sameExceptNullability(call.type()),
                    "a branch of CASE of type " + type + " in one of type " + call.type());
        }
    }
}
