package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.DOUBLE;

import io.thalweg.model.expression.ScalarFunction;
import java.util.List;
import org.apache.calcite.sql.type.ReturnTypes;

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
            one("RADIANS", ScalarFunction.RADIANS));

    private NumberLibrary() {}

    private static LibraryFunction one(String name, ScalarFunction implementation) {
        return LibraryFunction.of(name, implementation, ReturnTypes.DOUBLE_NULLABLE, 1, DOUBLE);
    }
}
