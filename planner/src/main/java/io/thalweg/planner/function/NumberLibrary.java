package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.BIGINT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.DOUBLE;
import static io.thalweg.planner.function.LibraryFunction.Parameter.INTEGER;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT;

import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.planner.function.LibraryFunction.Parameter;
import java.util.List;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions of DOUBLE: every number is converted to it. */
final class NumberLibrary {
    static final List<LibraryFunction> FUNCTIONS = List.of(
            LibraryFunction.of("POWER", ScalarFunction.POWER, ReturnTypes.DOUBLE_NULLABLE, 2, DOUBLE, DOUBLE),
            LibraryFunction.of("POW", ScalarFunction.POWER, ReturnTypes.DOUBLE_NULLABLE, 2, DOUBLE, DOUBLE),
            LibraryFunction.of("ATAN2", ScalarFunction.ARC_TANGENT_2, ReturnTypes.DOUBLE_NULLABLE, 2, DOUBLE, DOUBLE),
            one("SQRT", ScalarFunction.SQUARE_ROOT),
            one("EXP", ScalarFunction.EXPONENTIAL),
            one("LN", ScalarFunction.LOGARITHM_NATURAL),
            one("LOG10", ScalarFunction.LOGARITHM_10),
            one("SIN", ScalarFunction.SINE),
            one("COS", ScalarFunction.COSINE),
            one("TAN", ScalarFunction.TANGENT),
            one("ASIN", ScalarFunction.ARC_SINE),
            one("ACOS", ScalarFunction.ARC_COSINE),
            one("ATAN", ScalarFunction.ARC_TANGENT),
            one("DEGREES", ScalarFunction.DEGREES),
            one("RADIANS", ScalarFunction.RADIANS),
            one("SINH", ScalarFunction.HYPERBOLIC_SINE),
            one("COSH", ScalarFunction.HYPERBOLIC_COSINE),
            one("TANH", ScalarFunction.HYPERBOLIC_TANGENT),
            one("ASINH", ScalarFunction.AREA_SINE),
            one("ACOSH", ScalarFunction.AREA_COSINE),
            one("ATANH", ScalarFunction.AREA_TANGENT),
            one("CBRT", ScalarFunction.CUBE_ROOT),
            one("LOG2", ScalarFunction.LOGARITHM_2),
            whole("GCD", ScalarFunction.GREATEST_COMMON_DIVISOR, BIGINT, BIGINT),
            whole("LCM", ScalarFunction.LEAST_COMMON_MULTIPLE, BIGINT, BIGINT),
            whole("FACTORIAL", ScalarFunction.FACTORIAL, BIGINT),
            whole("WIDTH_BUCKET", ScalarFunction.WIDTH_BUCKET, DOUBLE, DOUBLE, DOUBLE, BIGINT),
            LibraryFunction.of(
                    "TO_BASE",
                    ScalarFunction.DIGITS_IN_BASE,
                    ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE),
                    2,
                    BIGINT,
                    INTEGER),
            whole("FROM_BASE", ScalarFunction.NUMBER_IN_BASE, TEXT, INTEGER),
            whole("BITWISE_AND", ScalarFunction.BITS_AND, BIGINT, BIGINT),
            whole("BITWISE_OR", ScalarFunction.BITS_OR, BIGINT, BIGINT),
            whole("BITWISE_XOR", ScalarFunction.BITS_XOR, BIGINT, BIGINT),
            whole("BITWISE_NOT", ScalarFunction.BITS_NOT, BIGINT),
            whole("BITAND", ScalarFunction.BITS_AND, BIGINT, BIGINT),
            whole("BITOR", ScalarFunction.BITS_OR, BIGINT, BIGINT),
            whole("BITXOR", ScalarFunction.BITS_XOR, BIGINT, BIGINT),
            whole("BITNOT", ScalarFunction.BITS_NOT, BIGINT),
            whole("BIT_COUNT", ScalarFunction.BIT_COUNT, BIGINT),
            whole("SHIFT_LEFT", ScalarFunction.SHIFT_LEFT, BIGINT, BIGINT),
            whole("SHIFT_RIGHT", ScalarFunction.SHIFT_RIGHT, BIGINT, BIGINT));

    private NumberLibrary() {}

    private static LibraryFunction whole(String name, ScalarFunction implementation, Parameter... parameters) {
        return LibraryFunction.of(name, implementation, ReturnTypes.BIGINT_NULLABLE, parameters.length, parameters);
    }

    private static LibraryFunction one(String name, ScalarFunction implementation) {
        return LibraryFunction.of(name, implementation, ReturnTypes.DOUBLE_NULLABLE, 1, DOUBLE);
    }
}
