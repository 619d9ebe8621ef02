package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.ArgumentKind.DATE;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.INTEGERS;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TEXT;
import static io.thalweg.runtime.expression.compiler.ArgumentKind.TIMESTAMP;

import io.thalweg.model.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.Set;

/** Functions of the calendar and of time zones. */
final class CalendarTemplates {
    private static final Set<ArgumentKind> TEXTS = EnumSet.of(TEXT);
    private static final Set<ArgumentKind> DATES = EnumSet.of(DATE);
    private static final Set<ArgumentKind> TIMES = EnumSet.of(TIMESTAMP);

    private CalendarTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        define(library, ScalarFunction.LAST_DAY, "CalendarFunctions.lastDay($0)", DATES);
        define(library, ScalarFunction.DAY_NAME, "CalendarFunctions.dayName($0, $r)", DATES);
        define(library, ScalarFunction.MONTH_NAME, "CalendarFunctions.monthName($0, $r)", DATES);
        define(
                library,
                ScalarFunction.MAKE_DATE,
                "CalendarFunctions.makeDate((int) $0, (int) $1, (int) $2)",
                INTEGERS,
                INTEGERS,
                INTEGERS);
        define(
                library,
                ScalarFunction.MAKE_TIME,
                "CalendarFunctions.makeTime((int) $0, (int) $1, $2)",
                INTEGERS,
                INTEGERS,
                ArgumentKind.FLOATING);
        define(
                library,
                ScalarFunction.MAKE_TIMESTAMP,
                "CalendarFunctions.timestamp(CalendarFunctions.makeDate((int) $0, (int) $1, (int) $2),"
                        + " CalendarFunctions.makeTime((int) $3, (int) $4, $5))",
                INTEGERS,
                INTEGERS,
                INTEGERS,
                INTEGERS,
                INTEGERS,
                ArgumentKind.FLOATING);
        define(library, ScalarFunction.MONTHS_BETWEEN, "CalendarFunctions.monthsBetween($0, $1)", TIMES, TIMES);
        define(library, ScalarFunction.TIMESTAMP_FROM_SECONDS, "CalendarFunctions.timestampFromSeconds($0)", INTEGERS);
        define(library, ScalarFunction.TIMESTAMP_FROM_MICROS, "DateTimeFunctions.checkedTimestamp($0)", INTEGERS);
        define(
                library,
                ScalarFunction.CONVERT_TIME_ZONE,
                "CalendarFunctions.convertTimeZone($0, $1, $2)",
                TIMES,
                TEXTS,
                TEXTS);
    }

    @SafeVarargs
    private static void define(
            FunctionLibrary.Builder library, ScalarFunction function, String body, Set<ArgumentKind>... parameters) {
        library.define(function, StrictTemplate.of(body), parameters);
    }
}
