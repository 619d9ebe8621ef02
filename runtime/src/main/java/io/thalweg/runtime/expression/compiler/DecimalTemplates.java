package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.DECIMAL;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGER;
import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.util.EnumSet;
import java.util.Set;

/** Functions of DECIMAL: in 64 bits where the digits of all values fit, otherwise in 128. */
final class DecimalTemplates {
    private static final int MAX_LONG_DIGITS = SqlType.MAX_LONG_DECIMAL_PRECISION;
    private static final Set<ArgumentKind> DECIMALS = EnumSet.of(DECIMAL);

    private DecimalTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        binary(library, ScalarFunction.ADD, call -> sum(call, "add", "+"));
        binary(library, ScalarFunction.SUBTRACT, call -> sum(call, "subtract", "-"));
        binary(library, ScalarFunction.MULTIPLY, DecimalTemplates::multiply);
        binary(library, ScalarFunction.DIVIDE, DecimalTemplates::divide);
        binary(library, ScalarFunction.MODULO, DecimalTemplates::modulo);
        library.define(ScalarFunction.NEGATE, sameType("-$0", "negate"), DECIMALS);
        library.define(ScalarFunction.ABSOLUTE, sameType("Math.abs($0)", "absolute"), DECIMALS);
        library.define(
                ScalarFunction.SIGN,
                StrictTemplate.of(call ->
                        wideResult(call, format("DecimalFunctions.sign(%s, %s, ", call.wide(0), digits(call.type())))),
                DECIMALS);
        rounding(library, ScalarFunction.FLOOR, "DOWN");
        rounding(library, ScalarFunction.CEILING, "UP");
        rounding(library, ScalarFunction.ROUND, "HALF_AWAY");
        rounding(library, ScalarFunction.TRUNCATE, "TOWARDS_ZERO");
    }

    private static void binary(FunctionLibrary.Builder library, ScalarFunction function, StrictTemplate.Body body) {
        library.define(function, StrictTemplate.of(body), DECIMALS, DECIMALS);
    }

    private static void rounding(FunctionLibrary.Builder library, ScalarFunction function, String mode) {
        library.define(function, StrictTemplate.of(call -> round(call, "0", mode)), DECIMALS);
        library.define(
                function, StrictTemplate.of(call -> round(call, call.value(1), mode)), DECIMALS, EnumSet.of(INTEGER));
    }

    private static FunctionTemplate sameType(String longPattern, String method) {
        StrictTemplate template = StrictTemplate.of(call -> call.kind(0) == ValueKind.LONG
                ? call.fill(longPattern)
                : call.fill("DecimalFunctions." + method + "($0, $r)"));
        return (call, generator) -> {
            FunctionCall coerced = FunctionCall.of(
                    call.function(), call.type(), ExpressionGenerator.coerce(call.argument(0), call.type()));
            return template.generate(coerced, generator);
        };
    }

    private static String sum(StrictCall call, String method, String operator) {
        int scale = Math.max(call.type(0).scale(), call.type(1).scale());
        int needed = 1 + Math.max(digitsAt(call.type(0), scale), digitsAt(call.type(1), scale));
        if (ValueKind.of(call.type()) == ValueKind.LONG
                && needed <= MAX_LONG_DIGITS + 1
                && call.type().scale() == scale) {
            String term = scaled(call.value(0), scale - call.type(0).scale()) + " " + operator + " "
                    + scaled(call.value(1), scale - call.type(1).scale());
            return checked(term, needed, call.type());
        }
        return wideResult(call, binaryCall(call, method));
    }

    private static String multiply(StrictCall call) {
        int needed = call.type(0).precision() + call.type(1).precision();
        int scale = call.type(0).scale() + call.type(1).scale();
        if (ValueKind.of(call.type()) == ValueKind.LONG
                && needed <= MAX_LONG_DIGITS
                && call.type().scale() <= scale) {
            int surplus = scale - call.type().scale();
            String product = call.fill("$0 * $1");
            String term = surplus == 0
                    ? product
                    : format("DecimalFunctions.cut(%s, %d, Rounding.HALF_AWAY)", product, surplus);
            return checked(term, needed - surplus + (surplus > 0 ? 1 : 0), call.type());
        }
        return wideResult(
                call,
                format(
                        "DecimalFunctions.multiply(%s, %s, %d, %s, ",
                        call.wide(0), call.wide(1), scale, digits(call.type())));
    }

    private static String divide(StrictCall call) {
        int shift = call.type().scale() + call.type(1).scale() - call.type(0).scale();
        if (ValueKind.of(call.type()) == ValueKind.LONG
                && call.kind(0) == ValueKind.LONG
                && call.kind(1) == ValueKind.LONG
                && shift >= 0
                && call.type(0).precision() + shift <= MAX_LONG_DIGITS) {
            String term = format("DecimalFunctions.divide(%s, %s)", scaled(call.value(0), shift), call.value(1));
            return checked(term, call.type(0).precision() + shift + 1, call.type());
        }
        return wideResult(call, binaryCall(call, "divide"));
    }

    private static String modulo(StrictCall call) {
        int scale = Math.max(call.type(0).scale(), call.type(1).scale());
        int needed = Math.max(digitsAt(call.type(0), scale), digitsAt(call.type(1), scale));
        if (ValueKind.of(call.type()) == ValueKind.LONG
                && needed <= MAX_LONG_DIGITS
                && call.type().scale() == scale) {
            String term = format(
                    "DecimalFunctions.modulo(%s, %s)",
                    scaled(call.value(0), scale - call.type(0).scale()),
                    scaled(call.value(1), scale - call.type(1).scale()));
            return checked(term, needed, call.type());
        }
        return wideResult(call, binaryCall(call, "modulo"));
    }

    private static String round(StrictCall call, String digits, String mode) {
        return wideResult(
                call,
                format(
                        "DecimalFunctions.round(%s, %d, %s, Rounding.%s, %s, ",
                        call.wide(0), call.type(0).scale(), digits, mode, digits(call.type())));
    }

    private static String binaryCall(StrictCall call, String method) {
        return format(
                "DecimalFunctions.%s(%s, %d, %s, %d, %s, ",
                method,
                call.wide(0),
                call.type(0).scale(),
                call.wide(1),
                call.type(1).scale(),
                digits(call.type()));
    }

    /** A term that compares two DECIMALs of any precision and scale. */
    static String compare(StrictCall call, String operator) {
        int leftScale = call.type(0).scale();
        int rightScale = call.type(1).scale();
        int scale = Math.max(leftScale, rightScale);
        boolean inLong = digitsAt(call.type(0), scale) <= MAX_LONG_DIGITS
                && digitsAt(call.type(1), scale) <= MAX_LONG_DIGITS
                && call.kind(0) == ValueKind.LONG
                && call.kind(1) == ValueKind.LONG;
        if (inLong) {
            return scaled(call.value(0), scale - leftScale) + " " + operator + " "
                    + scaled(call.value(1), scale - rightScale);
        }
        return format(
                "DecimalFunctions.compare(%s, %d, %s, %d, %s) %s 0",
                call.wide(0), leftScale, call.wide(1), rightScale, call.source().scratch("WideDecimal"), operator);
    }

    /** Completes a call whose last argument is the holder of a wide result, for a result of either width. */
    static String wideResult(StrictCall call, String callWithoutHolder) {
        if (ValueKind.of(call.type()) == ValueKind.WIDE_DECIMAL) {
            return callWithoutHolder + call.result() + ")";
        }
        String wide = call.source().scratch("WideDecimal");
        call.before(callWithoutHolder + wide + ");");
        return wide + ".low";
    }

    private static int digitsAt(SqlType type, int scale) {
        return type.precision() + scale - type.scale();
    }

    /** Precision and scale as two arguments. */
    static String digits(SqlType type) {
        return type.precision() + ", " + type.scale();
    }

    private static String checked(String term, int neededDigits, SqlType type) {
        return neededDigits <= type.precision() ? term : format("DecimalFunctions.checked(%s, %s)", term, digits(type));
    }

    /** A term of a short DECIMAL with more digits after the point. */
    static String scaled(String value, int digits) {
        return digits == 0 ? value : value + " * 1" + "0".repeat(digits) + "L";
    }
}
