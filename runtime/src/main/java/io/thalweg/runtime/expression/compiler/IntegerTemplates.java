package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.BIGINT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.FLOATING;

import io.thalweg.model.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.Set;

/** Functions of whole numbers. */
final class IntegerTemplates {
    private static final Set<ArgumentKind> LONGS = EnumSet.of(BIGINT);

    private IntegerTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        inline(library, ScalarFunction.BITS_AND, "$0 & $1", LONGS, LONGS);
        inline(library, ScalarFunction.BITS_OR, "$0 | $1", LONGS, LONGS);
        inline(library, ScalarFunction.BITS_XOR, "$0 ^ $1", LONGS, LONGS);
        inline(library, ScalarFunction.BITS_NOT, "~$0", LONGS);
        inline(library, ScalarFunction.BIT_COUNT, "(long) Long.bitCount($0)", LONGS);
        define(library, ScalarFunction.SHIFT_LEFT, "IntegerFunctions.shiftLeft($0, $1)", LONGS, LONGS);
        define(library, ScalarFunction.SHIFT_RIGHT, "IntegerFunctions.shiftRight($0, $1)", LONGS, LONGS);
        define(
                library,
                ScalarFunction.GREATEST_COMMON_DIVISOR,
                "IntegerFunctions.greatestCommonDivisor($0, $1)",
                LONGS,
                LONGS);
        define(
                library,
                ScalarFunction.LEAST_COMMON_MULTIPLE,
                "IntegerFunctions.leastCommonMultiple($0, $1)",
                LONGS,
                LONGS);
        define(
                library,
                ScalarFunction.DIGITS_IN_BASE,
                "IntegerFunctions.digitsInBase($0, $1, $r)",
                LONGS,
                ArgumentKind.INTEGERS);
        define(
                library,
                ScalarFunction.NUMBER_IN_BASE,
                "IntegerFunctions.numberInBase($0, $1)",
                EnumSet.of(ArgumentKind.TEXT),
                ArgumentKind.INTEGERS);
        define(library, ScalarFunction.FACTORIAL, "IntegerFunctions.factorial($0)", LONGS);
        define(
                library,
                ScalarFunction.WIDTH_BUCKET,
                "IntegerFunctions.widthBucket($0, $1, $2, $3)",
                FLOATING,
                FLOATING,
                FLOATING,
                LONGS);
    }

    @SafeVarargs
    private static void define(
            FunctionLibrary.Builder library, ScalarFunction function, String body, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.of(body), parameters);
    }

    @SafeVarargs
    private static void inline(
            FunctionLibrary.Builder library, ScalarFunction function, String body, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.inline(body), parameters);
    }
}
