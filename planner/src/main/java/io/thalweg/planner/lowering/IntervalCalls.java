package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Arithmetic of dates, times and intervals. A difference is the sum with the negated interval. */
final class IntervalCalls {
    private IntervalCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.DATETIME_PLUS, call -> sum(call, ScalarFunction.ADD));
        table.add(SqlStdOperatorTable.MINUS_DATE, call -> sum(call, ScalarFunction.SUBTRACT));
    }

    static ScalarExpression sum(CallSite call, ScalarFunction function) {
        ScalarExpression left = call.argument(0);
        ScalarExpression right = call.argument(1);
        if (left.type().name().isInterval() && !right.type().name().isInterval() && function == ScalarFunction.ADD) {
            return shifted(call, right, left);
        }
        if (right.type().name().isInterval()) {
            ScalarExpression interval = function == ScalarFunction.ADD ? right : negated(right);
            return left.type().name().isInterval() ? total(call, left, interval) : shifted(call, left, interval);
        }
        return between(call, left, right);
    }

    /** Intervals have no sum of their own; constant ones are added here. */
    private static ScalarExpression total(CallSite call, ScalarExpression left, ScalarExpression right) {
        if (left instanceof Literal a
                && right instanceof Literal b
                && a.value() != null
                && b.value() != null
                && a.type().name() == b.type().name()) {
            return literal(a.type(), Math.addExact(number(a), number(b)));
        }
        throw call.unsupported("of two intervals that are not constants");
    }

    private static ScalarExpression shifted(CallSite call, ScalarExpression time, ScalarExpression interval) {
        TypeName type = time.type().name();
        if (type != TypeName.DATE && type != TypeName.TIME && !type.isTimestamp()) {
            throw call.unsupported("of a value of type " + time.type().sqlText() + " and an interval");
        }
        SqlType result = time.type()
                .withNullable(time.type().nullable() || interval.type().nullable());
        boolean finerThanDays = type == TypeName.DATE && call.type().name().isTimestamp();
        ScalarExpression base = finerThanDays ? call.asResult(time) : time;
        SqlType shiftedType = finerThanDays ? call.type() : result;
        return call.asResult(FunctionCall.of(ScalarFunction.ADD_INTERVAL, shiftedType, base, interval));
    }

    private static ScalarExpression between(CallSite call, ScalarExpression left, ScalarExpression right) {
        if (call.type().name() != TypeName.INTERVAL_MICROS) {
            throw call.unsupported("of two times as an interval of months");
        }
        SqlType common = Coercion.comparable(left.type(), right.type())
                .orElseThrow(() -> call.unsupported("of values of different types"));
        ScalarExpression to = left.type().name() == common.name() ? left : Coercion.cast(left, common);
        ScalarExpression from = right.type().name() == common.name() ? right : Coercion.cast(right, common);
        return call.result(ScalarFunction.SUBTRACT_DATETIME, to, from);
    }

    static ScalarExpression product(CallSite call) {
        int interval = call.argument(0).type().name().isInterval() ? 0 : 1;
        return scaled(call, ScalarFunction.MULTIPLY_INTERVAL, call.argument(interval), call.argument(1 - interval));
    }

    static ScalarExpression quotient(CallSite call) {
        return scaled(call, ScalarFunction.DIVIDE_INTERVAL, call.argument(0), call.argument(1));
    }

    private static ScalarExpression scaled(
            CallSite call, ScalarFunction function, ScalarExpression interval, ScalarExpression factor) {
        SqlType number = factor.type().name().isInteger() ? SqlType.BIGINT : SqlType.DOUBLE;
        return fold(call.result(function, interval, Coercion.cast(factor, number)));
    }

    static ScalarExpression unary(CallSite call, ScalarFunction function) {
        if (function != ScalarFunction.NEGATE) {
            throw call.unsupported("of an interval");
        }
        return negated(call.argument(0));
    }

    static ScalarExpression negated(ScalarExpression interval) {
        return fold(FunctionCall.of(ScalarFunction.MULTIPLY_INTERVAL, interval.type(), interval, Literal.of(-1L)));
    }

    /** Evaluates the product of a constant interval and a constant whole number. */
    static ScalarExpression fold(ScalarExpression expression) {
        if (expression instanceof FunctionCall call
                && call.function() == ScalarFunction.MULTIPLY_INTERVAL
                && call.argument(0) instanceof Literal interval
                && call.argument(1) instanceof Literal factor
                && interval.value() != null
                && factor.value() instanceof Long count) {
            try {
                return literal(interval.type(), Math.multiplyExact(number(interval), count));
            } catch (ArithmeticException e) {
                return expression;
            }
        }
        return expression;
    }

    private static long number(Literal interval) {
        return interval.value() instanceof Number number ? number.longValue() : 0;
    }

    private static Literal literal(SqlType type, long value) {
        return type.name() == TypeName.INTERVAL_MONTHS
                ? new Literal(Math.toIntExact(value), type.notNull())
                : new Literal(value, type.notNull());
    }
}
