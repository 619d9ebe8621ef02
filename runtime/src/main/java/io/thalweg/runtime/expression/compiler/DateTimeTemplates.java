package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ExpressionGenerator.coerce;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.DateTimePattern;
import io.thalweg.runtime.expression.function.DateTimeUnit;
import java.util.List;
import java.util.Locale;

/** Functions of dates, times, timestamps and intervals. */
final class DateTimeTemplates {
    private static final SqlType TIMESTAMP = SqlType.timestamp(SqlType.MAX_TIME_PRECISION);

    private DateTimeTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.EXTRACT, DateTimeTemplates::extract);
        library.any(ScalarFunction.FLOOR_DATETIME, (call, generator) -> round(call, generator, "floor"));
        library.any(ScalarFunction.CEILING_DATETIME, (call, generator) -> round(call, generator, "ceiling"));
        library.any(ScalarFunction.ADD_INTERVAL, DateTimeTemplates::addInterval);
        library.any(ScalarFunction.SUBTRACT_DATETIME, StrictTemplate.of(DateTimeTemplates::subtract));
        library.any(ScalarFunction.DATETIME_DIFFERENCE, DateTimeTemplates::difference);
        library.any(ScalarFunction.MULTIPLY_INTERVAL, StrictTemplate.of(call -> scale(call, "multiply")));
        library.any(ScalarFunction.DIVIDE_INTERVAL, StrictTemplate.of(call -> scale(call, "divide")));
        library.any(ScalarFunction.DATE_FORMAT, DateTimeTemplates::format);
        library.any(ScalarFunction.PARSE_TIMESTAMP, DateTimeTemplates::parse);
        library.any(
                ScalarFunction.TIMESTAMP_FROM_MILLIS,
                StrictTemplate.of(call -> truncated(call, call.fill("DateTimeFunctions.timestampFromMillis($0)"))));
        library.any(
                ScalarFunction.MILLIS_FROM_TIMESTAMP, StrictTemplate.of("DateTimeFunctions.millisFromTimestamp($0)"));
        library.any(ScalarFunction.TUMBLE_START, DateTimeTemplates::tumbleStart);
    }

    private static ThalwegException undefined(FunctionCall call, SqlType type) {
        return new ThalwegException(
                ErrorCode.DATATYPE_MISMATCH,
                "function " + call.function().name().toLowerCase(Locale.ROOT) + " is not defined for "
                        + type.sqlText());
    }

    /** The value of an argument that is a text literal, as the contract has it. */
    private static String text(FunctionCall call, int argument, String what) {
        Literal literal = ExpressionGenerator.literalArgument(call, argument);
        if (literal == null || !(literal.value() instanceof String text)) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    what + " of function " + call.function().name().toLowerCase(Locale.ROOT)
                            + " is not a text literal");
        }
        return text;
    }

    /** A strict body over some arguments only. */
    private static Fragment strict(
            FunctionCall call,
            ExpressionGenerator generator,
            List<ScalarExpression> arguments,
            StrictTemplate.Body body) {
        if (arguments.stream().anyMatch(argument -> argument.type().name() == TypeName.NULL)) {
            return Fragment.nullOf(call.type());
        }
        return StrictTemplate.of(body).generate(call, generator.generateAll(arguments), generator.source());
    }

    private static Fragment extract(FunctionCall call, ExpressionGenerator generator) {
        DateTimeUnit unit = DateTimeUnit.of(text(call, 0, "the unit"));
        return strict(call, generator, List.of(call.argument(1)), body -> {
            TypeName type = body.type(0).name();
            if (!unit.isFieldOf(type)) {
                throw undefined(call, body.type(0));
            }
            String method = switch (type) {
                case DATE -> "extractFromDate";
                case TIME -> "extractFromTime";
                case INTERVAL_MONTHS -> "extractFromMonths";
                case INTERVAL_MICROS -> "extractFromMicros";
                default -> "extractFromTimestamp";
            };
            String cast = ValueKind.of(call.type()) == ValueKind.INT ? "(int) " : "";
            return cast + body.fill("DateTimeFunctions." + method + "(DateTimeUnit." + unit + ", $0)");
        });
    }

    private static Fragment round(FunctionCall call, ExpressionGenerator generator, String direction) {
        DateTimeUnit unit = DateTimeUnit.of(text(call, 0, "the unit"));
        TypeName type = call.type().name();
        boolean datetime = type == TypeName.DATE || type == TypeName.TIME || type.isTimestamp();
        if (!datetime || !unit.canRound(type)) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    "values of type " + call.type().sqlText() + " cannot be rounded to the unit " + unit);
        }
        String suffix = switch (type) {
            case DATE -> "Date";
            case TIME -> direction.equals("ceiling") ? "Time" : "Timestamp";
            default -> "Timestamp";
        };
        return strict(
                call,
                generator,
                List.of(coerce(
                        call.argument(1),
                        call.type().withNullable(call.argument(1).type().nullable()))),
                body -> body.fill("DateTimeFunctions." + direction + suffix + "(DateTimeUnit." + unit + ", $0)"));
    }

    private static Fragment addInterval(FunctionCall call, ExpressionGenerator generator) {
        ScalarExpression value = call.argument(0);
        if (call.type().name() != value.type().name()) {
            value = coerce(value, call.type());
        }
        return strict(call, generator, List.of(value, call.argument(1)), body -> {
            boolean months = body.type(1).name() == TypeName.INTERVAL_MONTHS;
            if (!body.type(1).name().isInterval()) {
                throw undefined(call, body.type(1));
            }
            String unit = months ? "Months" : "Micros";
            return switch (body.type(0).name()) {
                case DATE -> body.fill("DateTimeFunctions.add" + unit + "ToDate($0, $1)");
                case TIMESTAMP, TIMESTAMP_LTZ -> {
                    String sum = body.fill("DateTimeFunctions.add" + unit + "ToTimestamp($0, $1)");
                    yield months ? sum : truncated(body, sum);
                }
                case TIME ->
                    months ? body.value(0) : truncated(body, body.fill("DateTimeFunctions.addMicrosToTime($0, $1)"));
                default -> throw undefined(call, body.type(0));
            };
        });
    }

    private static String truncated(StrictCall call, String micros) {
        int precision = call.type().precision();
        return precision >= SqlType.MAX_TIME_PRECISION || precision < 0
                ? micros
                : "DateTimeFunctions.truncated(" + micros + ", " + precision + ")";
    }

    private static String subtract(StrictCall call) {
        boolean dates = call.type(0).name() == TypeName.DATE;
        if (call.type().name() == TypeName.INTERVAL_MONTHS) {
            return "(int) " + differenceTerm(call, DateTimeUnit.MONTH, 1, 0);
        }
        return call.fill(dates ? "((long) $0 - $1) * 86400000000L" : "$0 - $1");
    }

    private static String differenceTerm(StrictCall call, DateTimeUnit unit, int from, int to) {
        return SourceText.format(
                "DateTimeFunctions.difference(DateTimeUnit.%s, %s, %s)",
                unit, timestamp(call, from), timestamp(call, to));
    }

    private static String timestamp(StrictCall call, int argument) {
        return call.type(argument).name() == TypeName.DATE
                ? "DateTimeFunctions.dateToTimestamp(" + call.value(argument) + ")"
                : call.value(argument);
    }

    private static Fragment difference(FunctionCall call, ExpressionGenerator generator) {
        DateTimeUnit unit = DateTimeUnit.of(text(call, 0, "the unit"));
        return strict(call, generator, List.of(call.argument(1), call.argument(2)), body -> {
            if (!unit.canRound(body.type(0).name())
                    || !unit.canRound(body.type(1).name())) {
                throw undefined(call, body.type(0));
            }
            String units = differenceTerm(body, unit, 0, 1);
            return ValueKind.of(call.type()) == ValueKind.INT ? "ArithmeticFunctions.toInteger(" + units + ")" : units;
        });
    }

    private static String scale(StrictCall call, String method) {
        String unit = call.type(0).name() == TypeName.INTERVAL_MONTHS ? "Months" : "Micros";
        return call.fill("DateTimeFunctions." + method + unit + "($0, $1)");
    }

    private static Fragment format(FunctionCall call, ExpressionGenerator generator) {
        DateTimePattern pattern = new DateTimePattern(text(call, 1, "the pattern"));
        ScalarExpression value = call.argument(0);
        ScalarExpression timestamp = value.type().name() == TypeName.DATE ? coerce(value, TIMESTAMP) : value;
        return strict(call, generator, List.of(timestamp), body -> {
            if (!body.type(0).name().isTimestamp()) {
                throw undefined(call, body.type(0));
            }
            return body.source().constant(pattern, DateTimePattern.class) + body.fill(".format($0, $r)");
        });
    }

    private static Fragment parse(FunctionCall call, ExpressionGenerator generator) {
        DateTimePattern pattern = new DateTimePattern(text(call, 1, "the pattern"));
        return strict(call, generator, List.of(call.argument(0)), body -> {
            String name = body.source().constant(pattern, DateTimePattern.class);
            return truncated(body, name + body.fill(".parse($0)"));
        });
    }

    private static Fragment tumbleStart(FunctionCall call, ExpressionGenerator generator) {
        Literal size = ExpressionGenerator.literalArgument(call, 1);
        if (size != null && size.value() instanceof Long micros && micros <= 0) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE, "the size of a tumbling window is not positive");
        }
        return strict(
                call, generator, call.arguments(), body -> body.fill("DateTimeFunctions.tumbleStart($0, $1, $2)"));
    }
}
