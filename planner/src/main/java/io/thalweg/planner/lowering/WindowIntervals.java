package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;

/** The intervals by which windows are described: constants, in microseconds. */
final class WindowIntervals {
    /** Ten thousand years: longer than from the first to the last time there is. */
    private static final long MAX_MICROS = 10_000L * 366 * 86_400_000_000L;

    private WindowIntervals() {}

    /** The microseconds of a constant. */
    static long micros(ScalarExpression interval) {
        if (interval instanceof Literal literal
                && literal.type().name() == TypeName.INTERVAL_MICROS
                && literal.value() instanceof Long micros) {
            if (Math.abs(micros) > MAX_MICROS) {
                throw new ThalwegException(
                        ErrorCode.ARGUMENT_OUT_OF_RANGE, "an interval of a window is longer than ten thousand years");
            }
            return micros;
        }
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a window whose size or offset is not a constant interval of days, hours, minutes or seconds is not"
                        + " supported");
    }

    static void checkPositive(long micros, String interval, String function) {
        if (micros <= 0) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE, "the " + interval + " of " + function + " is not positive");
        }
    }

    /** A time with a constant added to it. */
    static ScalarExpression shifted(ScalarExpression time, long micros) {
        return FunctionCall.of(
                ScalarFunction.ADD_INTERVAL, time.type(), time, new Literal(micros, SqlType.INTERVAL_MICROS.notNull()));
    }

    /** The microseconds of the last digit of a time type. */
    static long unit(SqlType type) {
        long unit = 1;
        for (int i = type.precision(); i < SqlType.MAX_TIME_PRECISION; i++) {
            unit *= 10;
        }
        return unit;
    }
}
