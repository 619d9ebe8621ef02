package io.thalweg.planner.lowering;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.planner.function.ThalwegOperators;

/** The bounds of tumbling windows. Rows without a time have been filtered out before. */
final class WindowCalls {
    private WindowCalls() {}

    static void register(CallLoweringTable table) {
        table.add(ThalwegOperators.WINDOW_START, call -> start(call));
        table.add(ThalwegOperators.WINDOW_END, call -> WindowIntervals.shifted(start(call), size(call)));
        table.add(
                ThalwegOperators.WINDOW_TIME,
                call -> WindowIntervals.shifted(start(call), size(call) - WindowIntervals.unit(call.type())));
    }

    private static ScalarExpression start(CallSite call) {
        ScalarExpression time = call.argument(0);
        long size = size(call);
        long offset = WindowIntervals.micros(call.argument(2));
        WindowIntervals.checkPositive(size, "size", "a window");
        return call.result(ScalarFunction.TUMBLE_START, time, Literal.of(size), Literal.of(offset));
    }

    private static long size(CallSite call) {
        return WindowIntervals.micros(call.argument(1));
    }
}
