package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.TimeOperators;
import java.util.Locale;
import org.apache.calcite.sql.fun.SqlLibraryOperators;

/** The functions on dates and times that are put together of others. */
final class CalendarCalls {
    private static final SqlType MOMENT = SqlType.timestamp(SqlType.MAX_TIME_PRECISION);
    private static final Literal DAY = Literal.of("DAY");
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /** The Monday that weeks are counted from, 3 January 2000. */
    private static final long FIRST_MONDAY = 10_959 * MICROS_PER_DAY;

    private CalendarCalls() {}

    static void register(CallLoweringTable table) {
        TimeOperators.fieldFunctions()
                .forEach((operator, field) ->
                        table.add(operator, call -> DateTimeCalls.field(call, field, call.argument(0))));
        table.add(SqlLibraryOperators.DATE_PART, DateTimeCalls::extract);
        table.add(SqlLibraryOperators.DATEPART, DateTimeCalls::extract);
        table.add(SqlLibraryOperators.DATEADD, DateTimeCalls::add);
        table.add(
                SqlLibraryOperators.DATEDIFF,
                call -> begun(call, DateTimeCalls.unit(call, DateTimeCalls.unitName(call, 0), false)));
        table.add(TimeOperators.TO_CHAR, CalendarCalls::text);
        table.add(TimeOperators.TO_DATE, CalendarCalls::date);
        table.add(TimeOperators.DATE_ADD, call -> shifted(call, false));
        table.add(TimeOperators.DATE_SUB, call -> shifted(call, true));
        table.add(
                TimeOperators.ADD_MONTHS,
                call -> DateTimeCalls.shifted(
                        call, "MONTH", call.argument(1, SqlType.BIGINT), call.asResult(call.argument(0))));
        table.add(TimeOperators.DATEDIFF, CalendarCalls::days);
        table.add(TimeOperators.DATE_DIFF, call -> begun(call, DateTimeCalls.unit(call, unitWord(call), false)));
        table.add(TimeOperators.DATE_BIN, CalendarCalls::bucket);
        table.add(TimeOperators.TIME_BUCKET, CalendarCalls::bucket);
        table.add(TimeOperators.TIMEZONE, CalendarCalls::inZone);
        table.add(TimeOperators.UNIX_MICROS, CalendarCalls::micros);
        table.add(TimeOperators.EPOCH_US, CalendarCalls::micros);
        table.add(TimeOperators.TO_TIMESTAMP_LTZ, CalendarCalls::zoned);
    }

    /** A unit that is given as a text, perhaps in the plural. */
    private static String unitWord(CallSite call) {
        String name = call.constantText(0).toUpperCase(Locale.ROOT);
        return name.endsWith("S") ? name.substring(0, name.length() - 1) : name;
    }

    private static ScalarExpression text(CallSite call) {
        ScalarExpression time = call.argument(0);
        if (time.type().name().isNumeric()) {
            throw call.unsupported("of a number");
        }
        return call.asResult(DateTimeTemplate.of(call.constantText(1)).written(time));
    }

    /** TO_DATE(text) casts; TO_DATE(text, pattern) reads a timestamp and takes its date. */
    private static ScalarExpression date(CallSite call) {
        ScalarExpression text = call.argument(0, SqlType.VARCHAR);
        if (call.size() == 1) {
            return call.asResult(text);
        }
        Literal pattern = Literal.of(DateTimeTemplate.javaPattern(call.constantText(1)));
        return call.asResult(FunctionCall.of(
                ScalarFunction.PARSE_TIMESTAMP, MOMENT.withNullable(text.type().nullable()), text, pattern));
    }

    /** The time and what to add to it: an interval, a number of days, or before both the unit of the number. */
    private static ScalarExpression shifted(CallSite call, boolean back) {
        boolean inUnits = call.size() == 3;
        ScalarExpression time = call.asResult(call.argument(inUnits ? 2 : 0));
        ScalarExpression amount = call.argument(1);
        if (amount.type().name().isInterval()) {
            return call.result(ScalarFunction.ADD_INTERVAL, time, back ? IntervalCalls.negated(amount) : amount);
        }
        ScalarExpression count = Coercion.cast(amount, SqlType.BIGINT);
        ScalarExpression signed = back ? FunctionCall.of(ScalarFunction.NEGATE, count.type(), count) : count;
        return DateTimeCalls.shifted(call, inUnits ? unitWord(call) : "DAY", signed, time);
    }

    /** Days from the second to the first, as MySQL and Flink have it. */
    private static ScalarExpression days(CallSite call) {
        return call.result(ScalarFunction.DATETIME_DIFFERENCE, DAY, midnight(call, 1), midnight(call, 0));
    }

    private static ScalarExpression midnight(CallSite call, int index) {
        return Coercion.cast(Coercion.cast(call.argument(index), SqlType.DATE), MOMENT);
    }

    /** How many units begin between two times: their difference, once both are brought down to the start of theirs. */
    private static ScalarExpression begun(CallSite call, Literal unit) {
        ScalarExpression difference = FunctionCall.of(
                ScalarFunction.DATETIME_DIFFERENCE,
                SqlType.BIGINT.withNullable(call.type().nullable()),
                unit,
                start(call, 1, unit),
                start(call, 2, unit));
        return call.asResult(difference);
    }

    private static ScalarExpression start(CallSite call, int index, Literal unit) {
        ScalarExpression time = Coercion.cast(call.argument(index), MOMENT);
        return FunctionCall.of(ScalarFunction.FLOOR_DATETIME, time.type(), unit, time);
    }

    /** The start of the bucket that a time is in: a tumbling window, whose offset is counted from 1970. */
    private static ScalarExpression bucket(CallSite call) {
        if (!(call.argument(0) instanceof Literal size) || size.type().name() != TypeName.INTERVAL_MICROS) {
            throw call.unsupported("with a size that is not a constant number of days or less");
        }
        long micros = WindowIntervals.micros(size);
        WindowIntervals.checkPositive(micros, "size", "function " + call.name());
        ScalarExpression offset =
                call.size() < 3 ? Literal.of(FIRST_MONDAY) : sinceEpoch(Coercion.cast(call.argument(2), MOMENT));
        ScalarExpression time = Coercion.cast(call.argument(1), MOMENT);
        return call.result(ScalarFunction.TUMBLE_START, time, Literal.of(micros), offset);
    }

    private static ScalarExpression micros(CallSite call) {
        return sinceEpoch(Coercion.cast(call.argument(0), MOMENT));
    }

    private static ScalarExpression sinceEpoch(ScalarExpression time) {
        Literal epoch = new Literal(0L, MOMENT.notNull());
        SqlType type = SqlType.BIGINT.withNullable(time.type().nullable());
        return FunctionCall.of(ScalarFunction.DATETIME_DIFFERENCE, type, Literal.of("MICROSECOND"), epoch, time);
    }

    /** A local time in the zone becomes a moment, a moment the local time in the zone. */
    private static ScalarExpression inZone(CallSite call) {
        ScalarExpression zone = call.argument(0, SqlType.VARCHAR);
        ScalarExpression time = call.argument(1);
        Literal utc = Literal.of("UTC");
        boolean isMoment = time.type().name() == TypeName.TIMESTAMP_LTZ;
        return call.result(ScalarFunction.CONVERT_TIME_ZONE, time, isMoment ? utc : zone, isMoment ? zone : utc);
    }

    private static ScalarExpression zoned(CallSite call) {
        long digits = call.size() == 1 ? 0 : call.constantNumber(1);
        ScalarFunction function;
        if (digits == 0) {
            function = ScalarFunction.TIMESTAMP_FROM_SECONDS;
        } else if (digits == 3) {
            function = ScalarFunction.TIMESTAMP_FROM_MILLIS;
        } else {
            throw call.unsupported("with a precision other than 0 and 3");
        }
        return call.result(function, call.argument(0, SqlType.BIGINT));
    }
}
