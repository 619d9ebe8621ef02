package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.ThalwegOperators;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.NlsString;

/** Fields and units of dates and times, and the current time. */
final class DateTimeCalls {
    private static final Set<String> UNITS =
            Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND");
    private static final Set<String> FIELDS_ONLY = Set.of("DOW", "ISODOW", "DOY", "EPOCH", "ISOYEAR");
    private static final Set<String> LONG_UNITS = Set.of("DECADE", "CENTURY", "MILLENNIUM");
    private static final long MICROS_PER_MILLI = 1_000;

    private DateTimeCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.EXTRACT, DateTimeCalls::extract);
        table.add(SqlStdOperatorTable.TIMESTAMP_DIFF, DateTimeCalls::difference);
        table.add(SqlStdOperatorTable.TIMESTAMP_ADD, DateTimeCalls::add);
        table.add(ThalwegOperators.DATE_TRUNC, DateTimeCalls::truncate);
        table.add(ThalwegOperators.UNIX_SECONDS, DateTimeCalls::unixSeconds);
        CallLowering now = call -> call.currentTime().as(call.type());
        table.add(ThalwegOperators.CURRENT_TIMESTAMP, now);
        table.add(SqlStdOperatorTable.CURRENT_DATE, now);
        table.add(ThalwegOperators.CURRENT_TIME, now);
        table.add(ThalwegOperators.LOCALTIMESTAMP, now);
        table.add(ThalwegOperators.LOCALTIME, now);
        table.add(ThalwegOperators.NOW, now);
    }

    private static ScalarExpression unixSeconds(CallSite call) {
        return call.result(ScalarFunction.EXTRACT, Literal.of("EPOCH"), call.argument(0));
    }

    static String unitName(CallSite call, int index) {
        if (call.operand(index) instanceof RexLiteral literal) {
            Object value = literal.getValue();
            if (value instanceof TimeUnit || value instanceof TimeUnitRange || value instanceof String) {
                return String.valueOf(value).toUpperCase(Locale.ROOT);
            }
            if (value instanceof NlsString text) {
                return text.getValue().toUpperCase(Locale.ROOT);
            }
        }
        throw call.unsupported("without a constant unit");
    }

    static Literal unit(CallSite call, String name, boolean field) {
        if (UNITS.contains(name) || LONG_UNITS.contains(name) || (field && FIELDS_ONLY.contains(name))) {
            return Literal.of(name);
        }
        throw call.unsupported("with the unit " + name);
    }

    static ScalarExpression extract(CallSite call) {
        return field(call, unitName(call, 0), call.argument(1));
    }

    /** A field of a time. */
    static ScalarExpression field(CallSite call, String name, ScalarExpression from) {
        TypeName type = from.type().name();
        if (type != TypeName.DATE && type != TypeName.TIME && !type.isTimestamp()) {
            throw call.unsupported("from a value of type " + from.type().sqlText());
        }
        Literal unit = unit(call, name, true);
        SqlType result = SqlType.BIGINT.withNullable(from.type().nullable());
        return call.asResult(FunctionCall.of(ScalarFunction.EXTRACT, result, unit, from));
    }

    /** FLOOR and CEIL to a unit; the operands are the time and the unit. */
    static ScalarExpression toUnit(CallSite call, ScalarFunction function) {
        return toUnit(call, function, unitName(call, 1), call.argument(0));
    }

    private static ScalarExpression truncate(CallSite call) {
        String name = call.constantText(0).toUpperCase(Locale.ROOT);
        String plural = name.endsWith("S") ? name.substring(0, name.length() - 1) : name;
        return toUnit(call, ScalarFunction.FLOOR_DATETIME, plural, call.argument(1));
    }

    private static ScalarExpression toUnit(CallSite call, ScalarFunction function, String unit, ScalarExpression time) {
        TypeName type = time.type().name();
        if (type != TypeName.DATE && !type.isTimestamp()) {
            throw call.unsupported("of a value of type " + time.type().sqlText());
        }
        return call.asResult(FunctionCall.of(function, time.type(), unit(call, unit, false), time));
    }

    /** TIMESTAMPDIFF(unit, from, to). */
    private static ScalarExpression difference(CallSite call) {
        Literal unit = unit(call, unitName(call, 0), false);
        ScalarExpression from = moment(call, 1);
        ScalarExpression to = moment(call, 2);
        return call.result(ScalarFunction.DATETIME_DIFFERENCE, unit, from, to);
    }

    private static ScalarExpression moment(CallSite call, int index) {
        ScalarExpression value = call.argument(index);
        return value.type().name() == TypeName.TIMESTAMP_LTZ
                ? Coercion.cast(value, SqlType.timestampLtz(SqlType.MAX_TIME_PRECISION))
                : Coercion.cast(value, SqlType.timestamp(SqlType.MAX_TIME_PRECISION));
    }

    /** TIMESTAMPADD(unit, count, time): the time plus count times the unit's interval. */
    static ScalarExpression add(CallSite call) {
        return shifted(call, unitName(call, 0), call.argument(1, SqlType.BIGINT), call.asResult(call.argument(2)));
    }

    /** A time of the result's type and so many units. */
    static ScalarExpression shifted(CallSite call, String name, ScalarExpression count, ScalarExpression time) {
        Literal one = interval(name).orElseThrow(() -> call.unsupported("with the unit " + name));
        SqlType type = one.type().withNullable(count.type().nullable());
        ScalarExpression interval = FunctionCall.of(ScalarFunction.MULTIPLY_INTERVAL, type, one, count);
        return call.result(ScalarFunction.ADD_INTERVAL, time, IntervalCalls.fold(interval));
    }

    private static Optional<Literal> interval(String unit) {
        return switch (unit) {
            case "YEAR" -> Optional.of(months(12));
            case "QUARTER" -> Optional.of(months(3));
            case "MONTH" -> Optional.of(months(1));
            case "WEEK" -> Optional.of(micros(7 * TimeUnit.DAY.multiplier.longValue() * MICROS_PER_MILLI));
            case "DAY" -> Optional.of(micros(TimeUnit.DAY.multiplier.longValue() * MICROS_PER_MILLI));
            case "HOUR" -> Optional.of(micros(TimeUnit.HOUR.multiplier.longValue() * MICROS_PER_MILLI));
            case "MINUTE" -> Optional.of(micros(TimeUnit.MINUTE.multiplier.longValue() * MICROS_PER_MILLI));
            case "SECOND" -> Optional.of(micros(TimeUnit.SECOND.multiplier.longValue() * MICROS_PER_MILLI));
            case "MILLISECOND" -> Optional.of(micros(MICROS_PER_MILLI));
            case "MICROSECOND" -> Optional.of(micros(1));
            default -> Optional.empty();
        };
    }

    private static Literal months(int months) {
        return new Literal(months, SqlType.INTERVAL_MONTHS.notNull());
    }

    private static Literal micros(long micros) {
        return new Literal(micros, SqlType.INTERVAL_MICROS.notNull());
    }
}
