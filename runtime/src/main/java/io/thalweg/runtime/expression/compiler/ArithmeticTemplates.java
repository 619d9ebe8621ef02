package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.BIGINT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.DOUBLE;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGER;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.MICROS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.MONTHS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.REAL;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.SMALLINT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TINYINT;

import io.thalweg.model.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Arithmetic of all numeric types but DECIMAL, and of intervals with intervals. */
final class ArithmeticTemplates {
    private static final Map<ScalarFunction, String> BINARY = Map.of(
            ScalarFunction.ADD, "add",
            ScalarFunction.SUBTRACT, "subtract",
            ScalarFunction.MULTIPLY, "multiply",
            ScalarFunction.DIVIDE, "divide",
            ScalarFunction.MODULO, "modulo");
    private static final Map<ScalarFunction, String> UNARY = Map.of(
            ScalarFunction.NEGATE, "negate",
            ScalarFunction.ABSOLUTE, "absolute",
            ScalarFunction.SIGN, "sign");

    private ArithmeticTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        BINARY.forEach((function, method) -> {
            String call = "ArithmeticFunctions." + method + "($0, $1)";
            both(library, function, StrictTemplate.of(call), EnumSet.of(INTEGER, MONTHS));
            both(library, function, StrictTemplate.of(call), EnumSet.of(BIGINT, MICROS));
            both(library, function, StrictTemplate.of(call), EnumSet.of(DOUBLE));
            both(library, function, narrowed("toTinyint", call), EnumSet.of(TINYINT));
            both(library, function, narrowed("toSmallint", call), EnumSet.of(SMALLINT));
            both(library, function, narrowed("toReal", call), EnumSet.of(REAL));
        });
        UNARY.forEach((function, method) -> {
            String call = "ArithmeticFunctions." + method + "($0)";
            Set<ArgumentKind> exact = EnumSet.of(INTEGER, BIGINT, DOUBLE, REAL, MONTHS, MICROS);
            library.define(function, StrictTemplate.of(call), exact);
            library.define(function, narrowed("toTinyint", call), EnumSet.of(TINYINT));
            library.define(function, narrowed("toSmallint", call), EnumSet.of(SMALLINT));
        });
    }

    private static FunctionTemplate narrowed(String method, String call) {
        return StrictTemplate.of("ArithmeticFunctions." + method + "(" + call + ")");
    }

    private static void both(
            FunctionLibrary.Builder library,
            ScalarFunction function,
            FunctionTemplate template,
            Set<ArgumentKind> kinds) {
        library.define(function, template, kinds, kinds);
    }
}
