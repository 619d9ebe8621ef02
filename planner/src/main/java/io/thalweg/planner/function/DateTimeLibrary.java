package io.thalweg.planner.function;

import static io.thalweg.planner.function.LibraryFunction.Parameter.BIGINT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.DATE;
import static io.thalweg.planner.function.LibraryFunction.Parameter.DOUBLE;
import static io.thalweg.planner.function.LibraryFunction.Parameter.INTEGER;
import static io.thalweg.planner.function.LibraryFunction.Parameter.MOMENT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TEXT;
import static io.thalweg.planner.function.LibraryFunction.Parameter.TIMESTAMP;

import io.thalweg.model.expression.ScalarFunction;
import java.util.List;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions on dates and times that need no syntax of their own. */
final class DateTimeLibrary {
    private static final SqlReturnTypeInference TIMESTAMP_0 =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 0).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference TIMESTAMP_3 =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference TIMESTAMP_6 =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 6).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference VARCHAR =
            ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);

    static final List<LibraryFunction> FUNCTIONS = List.of(
            LibraryFunction.of("DATE_FORMAT", ScalarFunction.DATE_FORMAT, VARCHAR, 2, TIMESTAMP, TEXT),
            LibraryFunction.of("TO_TIMESTAMP", ScalarFunction.PARSE_TIMESTAMP, TIMESTAMP_6, 1, TEXT, TEXT),
            LibraryFunction.of("TIMESTAMP_MILLIS", ScalarFunction.TIMESTAMP_FROM_MILLIS, TIMESTAMP_3, 1, BIGINT),
            LibraryFunction.of("TIMESTAMP_SECONDS", ScalarFunction.TIMESTAMP_FROM_SECONDS, TIMESTAMP_0, 1, BIGINT),
            LibraryFunction.of("FROM_UNIXTIME", ScalarFunction.TIMESTAMP_FROM_SECONDS, TIMESTAMP_0, 1, BIGINT),
            LibraryFunction.of("TIMESTAMP_MICROS", ScalarFunction.TIMESTAMP_FROM_MICROS, TIMESTAMP_6, 1, BIGINT),
            LibraryFunction.of("LAST_DAY", ScalarFunction.LAST_DAY, ReturnTypes.DATE_NULLABLE, 1, DATE),
            LibraryFunction.of("DAYNAME", ScalarFunction.DAY_NAME, VARCHAR, 1, DATE),
            LibraryFunction.of("MONTHNAME", ScalarFunction.MONTH_NAME, VARCHAR, 1, DATE),
            LibraryFunction.of(
                    "MAKE_DATE", ScalarFunction.MAKE_DATE, ReturnTypes.DATE_NULLABLE, 3, INTEGER, INTEGER, INTEGER),
            LibraryFunction.of(
                    "MAKE_TIME",
                    ScalarFunction.MAKE_TIME,
                    ReturnTypes.explicit(SqlTypeName.TIME, 6).andThen(SqlTypeTransforms.TO_NULLABLE),
                    3,
                    INTEGER,
                    INTEGER,
                    DOUBLE),
            LibraryFunction.of(
                    "MAKE_TIMESTAMP",
                    ScalarFunction.MAKE_TIMESTAMP,
                    TIMESTAMP_6,
                    6,
                    INTEGER,
                    INTEGER,
                    INTEGER,
                    INTEGER,
                    INTEGER,
                    DOUBLE),
            LibraryFunction.of(
                    "MONTHS_BETWEEN", ScalarFunction.MONTHS_BETWEEN, ReturnTypes.DOUBLE_NULLABLE, 2, MOMENT, MOMENT),
            LibraryFunction.of(
                    "CONVERT_TIMEZONE", ScalarFunction.CONVERT_TIME_ZONE, TIMESTAMP_6, 3, TIMESTAMP, TEXT, TEXT),
            LibraryFunction.of(
                    "UNIX_MILLIS", ScalarFunction.MILLIS_FROM_TIMESTAMP, ReturnTypes.BIGINT_NULLABLE, 1, TIMESTAMP),
            LibraryFunction.of(
                    "EPOCH_MS", ScalarFunction.MILLIS_FROM_TIMESTAMP, ReturnTypes.BIGINT_NULLABLE, 1, TIMESTAMP));

    private DateTimeLibrary() {}
}
