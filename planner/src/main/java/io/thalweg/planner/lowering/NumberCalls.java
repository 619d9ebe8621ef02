package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.ThalwegOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Rounding, which keeps the type of its argument. */
final class NumberCalls {
    private NumberCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.FLOOR, call -> whole(call, ScalarFunction.FLOOR, ScalarFunction.FLOOR_DATETIME));
        table.add(
                SqlStdOperatorTable.CEIL, call -> whole(call, ScalarFunction.CEILING, ScalarFunction.CEILING_DATETIME));
        table.add(SqlStdOperatorTable.ROUND, call -> digits(call, ScalarFunction.ROUND));
        table.add(SqlStdOperatorTable.TRUNCATE, call -> digits(call, ScalarFunction.TRUNCATE));
        table.add(
                ThalwegOperators.LOG,
                call -> call.result(ScalarFunction.DIVIDE, logarithm(call, 1), logarithm(call, 0)));
        table.add(ThalwegOperators.COT, NumberCalls::cotangent);
        table.add(SqlStdOperatorTable.PI, call -> new Literal(Math.PI, SqlType.DOUBLE.notNull()));
    }

    private static ScalarExpression logarithm(CallSite call, int argument) {
        return FunctionCall.of(
                ScalarFunction.LOGARITHM_NATURAL, SqlType.DOUBLE, call.argument(argument, SqlType.DOUBLE));
    }

    private static ScalarExpression cotangent(CallSite call) {
        ScalarExpression tangent =
                FunctionCall.of(ScalarFunction.TANGENT, SqlType.DOUBLE, call.argument(0, SqlType.DOUBLE));
        return call.result(ScalarFunction.DIVIDE, new Literal(1.0, SqlType.DOUBLE.notNull()), tangent);
    }

    private static ScalarExpression whole(CallSite call, ScalarFunction ofNumber, ScalarFunction ofTime) {
        if (call.size() == 2) {
            return DateTimeCalls.toUnit(call, ofTime);
        }
        ScalarExpression argument = call.argument(0);
        if (!argument.type().name().isNumeric()) {
            throw call.unsupported("of a value of type " + argument.type().sqlText());
        }
        ScalarExpression whole = FunctionCall.of(ofNumber, argument.type(), argument);
        return call.asResult(whole);
    }

    static ScalarExpression digits(CallSite call, ScalarFunction function) {
        ScalarExpression argument = call.argument(0);
        ScalarExpression digits = call.size() > 1 ? call.argument(1, SqlType.INTEGER) : Literal.of(0);
        SqlType type = argument.type()
                .withNullable(argument.type().nullable() || digits.type().nullable());
        return call.asResult(FunctionCall.of(function, type, argument, digits));
    }
}
