package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.BIGINT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.DOUBLE;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.FLOATING;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGER;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGERS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.REAL;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.SMALLINT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TINYINT;

import io.thalweg.model.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Functions of DOUBLE, and rounding of all numbers but DECIMAL. */
final class MathTemplates {
    private static final Set<ArgumentKind> DIGITS = EnumSet.of(INTEGER);

    private static final Map<ScalarFunction, String> OF_ONE_DOUBLE = Map.ofEntries(
            Map.entry(ScalarFunction.SQUARE_ROOT, "squareRoot"),
            Map.entry(ScalarFunction.EXPONENTIAL, "exponential"),
            Map.entry(ScalarFunction.LOGARITHM_NATURAL, "logarithm"),
            Map.entry(ScalarFunction.LOGARITHM_10, "logarithm10"),
            Map.entry(ScalarFunction.SINE, "sine"),
            Map.entry(ScalarFunction.COSINE, "cosine"),
            Map.entry(ScalarFunction.TANGENT, "tangent"),
            Map.entry(ScalarFunction.ARC_SINE, "arcSine"),
            Map.entry(ScalarFunction.ARC_COSINE, "arcCosine"),
            Map.entry(ScalarFunction.ARC_TANGENT, "arcTangent"),
            Map.entry(ScalarFunction.DEGREES, "degrees"),
            Map.entry(ScalarFunction.RADIANS, "radians"),
            Map.entry(ScalarFunction.HYPERBOLIC_SINE, "hyperbolicSine"),
            Map.entry(ScalarFunction.HYPERBOLIC_COSINE, "hyperbolicCosine"),
            Map.entry(ScalarFunction.HYPERBOLIC_TANGENT, "hyperbolicTangent"),
            Map.entry(ScalarFunction.AREA_SINE, "areaSine"),
            Map.entry(ScalarFunction.AREA_COSINE, "areaCosine"),
            Map.entry(ScalarFunction.AREA_TANGENT, "areaTangent"),
            Map.entry(ScalarFunction.CUBE_ROOT, "cubeRoot"),
            Map.entry(ScalarFunction.LOGARITHM_2, "logarithm2"));

    private MathTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        OF_ONE_DOUBLE.forEach((function, method) ->
                library.define(function, StrictTemplate.of("MathFunctions." + method + "($0)"), FLOATING));
        library.define(ScalarFunction.POWER, StrictTemplate.of("MathFunctions.power($0, $1)"), FLOATING, FLOATING);
        library.define(
                ScalarFunction.ARC_TANGENT_2,
                StrictTemplate.of("MathFunctions.arcTangent2($0, $1)"),
                FLOATING,
                FLOATING);
        library.define(ScalarFunction.FLOOR, StrictTemplate.of("Math.floor($0)"), FLOATING);
        library.define(ScalarFunction.CEILING, StrictTemplate.of("Math.ceil($0)"), FLOATING);
        library.define(ScalarFunction.FLOOR, StrictTemplate.of("$0"), INTEGERS);
        library.define(ScalarFunction.CEILING, StrictTemplate.of("$0"), INTEGERS);
        rounding(library, ScalarFunction.ROUND, "round");
        rounding(library, ScalarFunction.TRUNCATE, "truncate");
    }

    private static void rounding(FunctionLibrary.Builder library, ScalarFunction function, String method) {
        String toWhole = "MathFunctions." + method + "($0)";
        String toDigits = "MathFunctions." + method + "($0, $1)";
        library.define(function, StrictTemplate.of("$0"), INTEGERS);
        library.define(function, StrictTemplate.of(toWhole), FLOATING);
        library.define(function, StrictTemplate.of(toDigits), EnumSet.of(BIGINT, DOUBLE), DIGITS);
        narrowed(library, function, toDigits, "toReal(", REAL);
        narrowed(library, function, toDigits, "toInteger(", INTEGER);
        narrowed(library, function, toDigits, "toSmallint((int) ", SMALLINT);
        narrowed(library, function, toDigits, "toTinyint((int) ", TINYINT);
    }

    private static void narrowed(
            FunctionLibrary.Builder library, ScalarFunction function, String call, String method, ArgumentKind kind) {
        library.define(
                function, StrictTemplate.of("ArithmeticFunctions." + method + call + ")"), EnumSet.of(kind), DIGITS);
    }
}
