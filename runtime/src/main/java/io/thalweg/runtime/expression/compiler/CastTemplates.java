package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Conversion;
import io.thalweg.runtime.expression.function.NestedPrinter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** CAST and TRY_CAST between all pairs of types that have a conversion. */
final class CastTemplates {
    private CastTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.CAST, (call, generator) -> generate(call, generator, false));
        library.any(ScalarFunction.TRY_CAST, (call, generator) -> generate(call, generator, true));
    }

    private static Fragment generate(FunctionCall call, ExpressionGenerator generator, boolean lenient) {
        SqlType from = call.argument(0).type();
        SqlType to = call.type();
        if (from.name() == TypeName.NULL || to.name() == TypeName.NULL) {
            return Fragment.nullOf(to);
        }
        if (isUnchanged(from, to)) {
            Fragment same = generator.generate(call.argument(0));
            return new Fragment(same.code(), same.value(), same.isNull(), to);
        }
        return StrictTemplate.of(strict -> new Writer(strict, lenient).write()).generate(call, generator);
    }

    /** The cast of a value that has been computed already. */
    static Fragment convert(Fragment value, SqlType to, boolean lenient, ProgramSource source) {
        if (value.type().name() == TypeName.NULL || to.name() == TypeName.NULL) {
            return Fragment.nullOf(to);
        }
        if (isUnchanged(value.type(), to)) {
            return new Fragment(value.code(), value.value(), value.isNull(), to);
        }
        FunctionCall call = FunctionCall.of(ScalarFunction.CAST, to, new ColumnReference(0, value.type()));
        return StrictTemplate.of(strict -> new Writer(strict, lenient).write()).generate(call, List.of(value), source);
    }

    private static boolean isUnchanged(SqlType from, SqlType to) {
        if (from.kind() != to.kind()) {
            return false;
        }
        boolean unlimited = to.precision() == SqlType.UNLIMITED
                || (from.name() == to.name()
                        && from.precision() != SqlType.UNLIMITED
                        && from.precision() <= to.precision());
        return switch (to.name()) {
            case DECIMAL ->
                from.name() == TypeName.DECIMAL && from.scale() == to.scale() && from.precision() <= to.precision();
            case VARCHAR -> from.name().isText() && unlimited;
            case CHAR -> from.name() == TypeName.CHAR && from.precision() == to.precision();
            case VARBINARY -> unlimited;
            case ARRAY, MAP, ROW ->
                from.name() == to.name()
                        && IntStream.range(0, to.components().size())
                                .allMatch(i -> isUnchanged(from.component(i), to.component(i)));
            case TIME -> from.name() == TypeName.TIME && from.precision() <= to.precision();
            case TIMESTAMP, TIMESTAMP_LTZ -> from.name().isTimestamp() && from.precision() <= to.precision();
            default -> from.name() == to.name();
        };
    }

    /** Writes one conversion of a value that is not NULL. */
    private static final class Writer {
        private final StrictCall call;
        private final boolean lenient;
        private final SqlType from;
        private final SqlType to;

        Writer(StrictCall call, boolean lenient) {
            this.call = call;
            this.lenient = lenient;
            this.from = call.type(0);
            this.to = call.type();
        }

        String write() {
            return switch (to.name()) {
                case BOOLEAN -> toBoolean();
                case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTHS, INTERVAL_MICROS -> toInteger();
                case REAL, DOUBLE -> toFloating();
                case DECIMAL -> toDecimal();
                case CHAR, VARCHAR -> toText();
                case VARBINARY -> toBinary();
                case DATE -> toDate();
                case TIME -> toTime();
                case TIMESTAMP, TIMESTAMP_LTZ -> toTimestamp();
                case ARRAY, MAP, ROW -> NestedTemplates.convert(call, lenient);
                case NULL -> throw undefined();
            };
        }

        private ThalwegException undefined() {
            return new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH, "cannot cast " + from.sqlText() + " to " + to.sqlText());
        }

        /** The name of the conversion that the body passes on, made known to the call. */
        private String conversion() {
            String name = call.source().constant(new Conversion(to, lenient), Conversion.class);
            if (lenient) {
                call.before(name + ".begin();");
                call.nullIf(name + ".failed()");
            }
            return name;
        }

        private String toBoolean() {
            return switch (from.name()) {
                case CHAR, VARCHAR -> call.fill("CastFunctions.toBoolean($0, ") + conversion() + ")";
                case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> call.fill("$0 != 0");
                case DECIMAL -> call.fill(call.kind(0) == ValueKind.LONG ? "$0 != 0L" : "!$0.isZero()");
                default -> throw undefined();
            };
        }

        private String toInteger() {
            boolean interval = to.name().isInterval();
            boolean wider = !interval && from.name().isInteger() && from.name().compareTo(to.name()) <= 0;
            String narrowed = ValueKind.of(to) == ValueKind.INT ? "(int) " : "";
            if (wider) {
                return call.fill("$0");
            }
            String bounds = bounds();
            return narrowed
                    + switch (from.name()) {
                        case BOOLEAN -> call.fill("($0 ? 1 : 0)");
                        case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTHS, INTERVAL_MICROS ->
                            call.fill("CastFunctions.narrow($0, ") + bounds + conversion() + ")";
                        case REAL, DOUBLE -> call.fill("CastFunctions.toInteger($0, ") + bounds + conversion() + ")";
                        case DECIMAL -> decimalToInteger(bounds);
                        case CHAR, VARCHAR -> textToInteger(bounds);
                        default -> throw undefined();
                    };
        }

        private String decimalToInteger(String bounds) {
            String arguments = call.value(0) + ", " + from.scale() + ", " + bounds;
            if (call.kind(0) == ValueKind.WIDE_DECIMAL) {
                arguments += call.source().scratch("WideDecimal") + ", ";
            }
            return "CastFunctions.toInteger(" + arguments + conversion() + ")";
        }

        private String textToInteger(String bounds) {
            return switch (to.name()) {
                case INTERVAL_MONTHS -> call.fill("DateTimeText.parseMonths($0, ") + conversion() + ")";
                case INTERVAL_MICROS -> call.fill("DateTimeText.parseMicros($0, ") + conversion() + ")";
                default -> call.fill("NumberText.parseInteger($0, ") + bounds + conversion() + ")";
            };
        }

        private String bounds() {
            return switch (to.name()) {
                case TINYINT -> "-128L, 127L, ";
                case SMALLINT -> "-32768L, 32767L, ";
                case INTEGER, INTERVAL_MONTHS -> "-2147483648L, 2147483647L, ";
                default -> "Long.MIN_VALUE, Long.MAX_VALUE, ";
            };
        }

        private String toFloating() {
            boolean real = to.name() == TypeName.REAL;
            return switch (from.name()) {
                case BOOLEAN -> call.fill("$0 ? 1.0D : 0.0D");
                case TINYINT, SMALLINT, INTEGER, BIGINT -> call.fill(real ? "(double) (float) $0" : "(double) $0");
                case REAL -> call.value(0);
                case DOUBLE -> real ? toReal(call.value(0)) : call.value(0);
                case DECIMAL -> {
                    String number = call.fill("CastFunctions.toDouble($0, ") + from.scale() + ")";
                    yield real ? toReal(number) : number;
                }
                case CHAR, VARCHAR -> {
                    String conversion = conversion();
                    String number = call.fill("NumberText.parseDouble($0, ") + conversion + ")";
                    yield real ? "CastFunctions.toReal(" + number + ", " + conversion + ")" : number;
                }
                default -> throw undefined();
            };
        }

        private String toReal(String number) {
            return "CastFunctions.toReal(" + number + ", " + conversion() + ")";
        }

        private String toDecimal() {
            return switch (from.name()) {
                case BOOLEAN -> integerToDecimal(call.fill("($0 ? 1L : 0L)"), 1);
                case TINYINT -> integerToDecimal(call.fill("(long) $0"), 3);
                case SMALLINT -> integerToDecimal(call.fill("(long) $0"), 5);
                case INTEGER, INTERVAL_MONTHS -> integerToDecimal(call.fill("(long) $0"), 10);
                case BIGINT, INTERVAL_MICROS -> integerToDecimal(call.value(0), 19);
                case DECIMAL -> decimalToDecimal();
                case DOUBLE -> decimal(holder -> call.fill("CastFunctions.toDecimal($0, ") + digits() + holder);
                case REAL -> decimal(holder -> call.fill("CastFunctions.realToDecimal($0, ") + digits() + holder);
                case CHAR, VARCHAR -> decimal(holder -> call.fill("NumberText.parseDecimal($0, ") + digits() + holder);
                default -> throw undefined();
            };
        }

        private String integerToDecimal(String value, int valueDigits) {
            if (to.precision() - to.scale() >= valueDigits && ValueKind.of(to) == ValueKind.LONG) {
                return DecimalTemplates.scaled(value, to.scale());
            }
            return decimal(holder -> "CastFunctions.toDecimal(" + value + ", " + digits() + holder);
        }

        private String decimalToDecimal() {
            int surplus = from.scale() - to.scale();
            int spare = to.precision() - to.scale() - (from.precision() - from.scale());
            boolean inLong = call.kind(0) == ValueKind.LONG && ValueKind.of(to) == ValueKind.LONG;
            if (inLong && surplus <= 0 && spare >= 0) {
                return DecimalTemplates.scaled(call.value(0), -surplus);
            }
            if (inLong && surplus > 0 && spare > 0) {
                return format("DecimalFunctions.cut(%s, %d, Rounding.HALF_AWAY)", call.value(0), surplus);
            }
            return decimal(holder ->
                    "CastFunctions.toDecimal(" + call.wide(0) + ", " + from.scale() + ", " + digits() + holder);
        }

        private String digits() {
            return DecimalTemplates.digits(to) + ", ";
        }

        /** A call that fills a holder and takes the conversion after it, for a result of either width. */
        private String decimal(UnaryOperator<String> callUpToHolder) {
            if (ValueKind.of(to) == ValueKind.WIDE_DECIMAL) {
                return callUpToHolder.apply(call.result()) + ", " + conversion() + ")";
            }
            String wide = call.source().scratch("WideDecimal");
            String conversion = conversion();
            call.before(callUpToHolder.apply(wide) + ", " + conversion + ");");
            return wide + ".low";
        }

        private String toText() {
            boolean limited = to.precision() != SqlType.UNLIMITED;
            if (from.name().isText()) {
                return fitted(call.value(0));
            }
            String printed =
                    limited && to.name() == TypeName.CHAR ? call.source().scratch("Slice") : call.result();
            String statement = print(printed);
            if (!limited) {
                return statement;
            }
            call.before(statement + ";");
            if (from.name() == TypeName.VARBINARY) {
                return fitted(printed);
            }
            String check = "CastFunctions.checkLength(" + printed + ", " + to.precision() + ", " + conversion() + ")";
            if (to.name() == TypeName.VARCHAR) {
                return check;
            }
            call.before(check + ";");
            return fitted(printed);
        }

        private String fitted(String text) {
            String method = to.name() == TypeName.CHAR ? "fitText" : "cutText";
            return format("CastFunctions.%s(%s, %d, %s)", method, text, to.precision(), call.result());
        }

        private String print(String holder) {
            String rest = ", " + holder + ")";
            return switch (from.name()) {
                case BOOLEAN -> call.fill("CastFunctions.print($0") + rest;
                case TINYINT, SMALLINT, INTEGER, BIGINT -> call.fill("NumberText.print((long) $0") + rest;
                case REAL -> call.fill("NumberText.printReal($0") + rest;
                case DOUBLE -> call.fill("NumberText.print($0") + rest;
                case DECIMAL -> {
                    String scratch = call.kind(0) == ValueKind.WIDE_DECIMAL
                            ? ", " + call.source().scratch("WideDecimal")
                            : "";
                    yield call.fill("NumberText.printDecimal($0, ") + from.scale() + scratch + rest;
                }
                case VARBINARY -> call.fill("CastFunctions.toText($0") + ", " + holder + ", " + conversion() + ")";
                case DATE -> call.fill("DateTimeText.printDate($0") + rest;
                case TIME -> call.fill("DateTimeText.printTime($0, ") + from.precision() + rest;
                case TIMESTAMP -> call.fill("DateTimeText.printTimestamp($0, ") + from.precision() + rest;
                case TIMESTAMP_LTZ -> call.fill("DateTimeText.printTimestampLtz($0, ") + from.precision() + rest;
                case INTERVAL_MONTHS -> call.fill("DateTimeText.printMonths($0") + rest;
                case INTERVAL_MICROS -> call.fill("DateTimeText.printMicros($0") + rest;
                case ARRAY, MAP, ROW ->
                    call.source().constant(new NestedPrinter(from), NestedPrinter.class)
                            + call.fill(".print($0")
                            + rest;
                case CHAR, VARCHAR, NULL -> throw undefined();
            };
        }

        private String toBinary() {
            if (call.kind(0) != ValueKind.BYTES) {
                throw undefined();
            }
            return format("CastFunctions.cutBinary(%s, %d, %s)", call.value(0), to.precision(), call.result());
        }

        private String toDate() {
            if (from.name().isText()) {
                return call.fill("DateTimeText.parseDate($0, ") + conversion() + ")";
            }
            if (!from.name().isTimestamp()) {
                throw undefined();
            }
            return call.fill("DateTimeFunctions.timestampToDate($0)");
        }

        private String toTime() {
            return switch (from.name()) {
                case CHAR, VARCHAR ->
                    call.fill("DateTimeText.parseTime($0, ") + to.precision() + ", " + conversion() + ")";
                case TIME -> truncated(call.value(0));
                case TIMESTAMP, TIMESTAMP_LTZ -> truncated(call.fill("DateTimeFunctions.timestampToTime($0)"));
                default -> throw undefined();
            };
        }

        private String toTimestamp() {
            return switch (from.name()) {
                case CHAR, VARCHAR ->
                    call.fill("DateTimeText.parseTimestamp($0, ") + to.precision() + ", " + conversion() + ")";
                case DATE -> call.fill("DateTimeFunctions.dateToTimestamp($0)");
                case TIMESTAMP, TIMESTAMP_LTZ -> truncated(call.value(0));
                default -> throw undefined();
            };
        }

        private String truncated(String micros) {
            return from.precision() <= to.precision()
                    ? micros
                    : "DateTimeFunctions.truncated(" + micros + ", " + to.precision() + ")";
        }
    }
}
