package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.ThalwegOperators;

/** The bounds of tumbling windows. Rows without a time have been filtered out before. */
final class WindowCalls {
    private WindowCalls() {}

    static void register(CallLoweringTable table) {
        table.add(ThalwegOperators.WINDOW_START, call -> start(call));
        table.add(ThalwegOperators.WINDOW_END, call -> shifted(start(call), size(call)));
        table.add(ThalwegOperators.WINDOW_TIME, call -> shifted(start(call), size(call) - unit(call.type())));
    }

    private static ScalarExpression start(CallSite call) {
        ScalarExpression time = call.argument(0);
        long size = size(call);
        long offset = micros(call, 2);
        if (size <= 0) {
            throw new ThalwegException(ErrorCode.ARGUMENT_OUT_OF_RANGE, "the size of a window is not positive");
        }
        return call.result(ScalarFunction.TUMBLE_START, time, Literal.of(size), Literal.of(offset));
    }

    private static ScalarExpression shifted(ScalarExpression start, long micros) {
        return FunctionCall.of(
                ScalarFunction.ADD_INTERVAL,
                start.type(),
                start,
                new Literal(micros, SqlType.INTERVAL_MICROS.notNull()));
    }

    private static long size(CallSite call) {
        return micros(call, 1);
    }

    private static long micros(CallSite call, int index) {
        if (call.argument(index) instanceof Literal literal
                && literal.type().name() == TypeName.INTERVAL_MICROS
                && literal.value() instanceof Long micros) {
            return micros;
        }
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a window whose size or offset is not a constant interval of days, hours, minutes or seconds is not"
                        + " supported");
    }

    /** The microseconds of the last digit of a time type. */
    private static long unit(SqlType type) {
        long unit = 1;
        for (int i = type.precision(); i < SqlType.MAX_TIME_PRECISION; i++) {
            unit *= 10;
        }
        return unit;
    }
}
