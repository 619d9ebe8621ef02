package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The operators of numbers; those that also work on dates and intervals pass such calls on. */
final class ArithmeticCalls {
    private ArithmeticCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.PLUS, call -> sum(call, ScalarFunction.ADD));
        table.add(SqlStdOperatorTable.MINUS, call -> sum(call, ScalarFunction.SUBTRACT));
        table.add(SqlStdOperatorTable.MULTIPLY, ArithmeticCalls::product);
        table.add(SqlStdOperatorTable.DIVIDE, ArithmeticCalls::quotient);
        table.add(SqlStdOperatorTable.MOD, ArithmeticCalls::remainder);
        table.add(SqlStdOperatorTable.PERCENT_REMAINDER, ArithmeticCalls::remainder);
        table.add(SqlStdOperatorTable.UNARY_MINUS, call -> unary(call, ScalarFunction.NEGATE));
        table.add(SqlStdOperatorTable.UNARY_PLUS, call -> call.argument(0));
        table.add(SqlStdOperatorTable.ABS, call -> unary(call, ScalarFunction.ABSOLUTE));
        table.add(SqlStdOperatorTable.SIGN, call -> unary(call, ScalarFunction.SIGN));
    }

    private static ScalarExpression sum(CallSite call, ScalarFunction function) {
        return call.type().name().isNumeric() ? numbers(call, function) : IntervalCalls.sum(call, function);
    }

    private static ScalarExpression product(CallSite call) {
        return call.type().name().isInterval() ? IntervalCalls.product(call) : numbers(call, ScalarFunction.MULTIPLY);
    }

    private static ScalarExpression quotient(CallSite call) {
        return call.type().name().isInterval() ? IntervalCalls.quotient(call) : numbers(call, ScalarFunction.DIVIDE);
    }

    private static ScalarExpression numbers(CallSite call, ScalarFunction function) {
        return call.result(function, operand(call, 0), operand(call, 1));
    }

    /** An operand of the result's type; of a DECIMAL result, a DECIMAL of its own precision and scale. */
    private static ScalarExpression operand(CallSite call, int index) {
        ScalarExpression argument = call.argument(index);
        boolean exact = call.type().name() == TypeName.DECIMAL
                && !argument.type().name().isFloating()
                && argument.type().name().isNumeric();
        return Coercion.cast(argument, exact ? Coercion.asDecimal(argument.type()) : call.type());
    }

    /** The validator gives a remainder the type of the divisor, which may be too narrow for the dividend. */
    private static ScalarExpression remainder(CallSite call) {
        ScalarExpression left = call.argument(0);
        ScalarExpression right = call.argument(1);
        SqlType wide = Coercion.comparable(left.type(), right.type()).orElse(call.type());
        if (!wide.name().isNumeric()) {
            throw call.unsupported("of values of type " + wide.sqlText());
        }
        boolean nullable = left.type().nullable() || right.type().nullable();
        if (wide.name() == TypeName.DECIMAL) {
            ScalarExpression dividend = Coercion.exact(left, wide);
            ScalarExpression divisor = Coercion.exact(right, wide);
            SqlType common = common(dividend.type(), divisor.type()).withNullable(nullable);
            return call.asResult(FunctionCall.of(ScalarFunction.MODULO, common, dividend, divisor));
        }
        return call.asResult(FunctionCall.of(
                ScalarFunction.MODULO,
                wide.withNullable(nullable),
                Coercion.cast(left, wide),
                Coercion.cast(right, wide)));
    }

    private static SqlType common(SqlType left, SqlType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.min(left.precision() - left.scale(), right.precision() - right.scale());
        return SqlType.decimal(Math.min(Math.max(whole + scale, 1), SqlType.MAX_DECIMAL_PRECISION), scale);
    }

    private static ScalarExpression unary(CallSite call, ScalarFunction function) {
        if (call.type().name().isInterval()) {
            return IntervalCalls.unary(call, function);
        }
        return call.result(function, call.argument(0, call.type()));
    }
}
