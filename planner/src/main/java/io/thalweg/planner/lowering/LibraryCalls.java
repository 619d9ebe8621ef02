package io.thalweg.planner.lowering;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.FunctionCatalog;
import io.thalweg.planner.function.LibraryFunction;
import io.thalweg.planner.function.LibraryFunction.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The functions that need nothing but another name and arguments of the right types. */
final class LibraryCalls {
    /** Their second argument is a pattern that the runtime reads once. */
    private static final Set<ScalarFunction> WITH_PATTERN =
            Set.of(ScalarFunction.DATE_FORMAT, ScalarFunction.PARSE_TIMESTAMP);

    /** Their third argument is the group of a regular expression, the whole match if it is left out. */
    private static final Set<ScalarFunction> WITH_GROUP =
            Set.of(ScalarFunction.REGEX_EXTRACT, ScalarFunction.REGEX_EXTRACT_ALL);

    private LibraryCalls() {}

    static void register(CallLoweringTable table) {
        for (LibraryFunction function : FunctionCatalog.libraryFunctions()) {
            table.add(function.operator(), call -> lower(function, call));
        }
    }

    private static ScalarExpression lower(LibraryFunction function, CallSite call) {
        List<ScalarExpression> arguments = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            arguments.add(converted(call, i, function.parameters().get(i)));
        }
        if (WITH_GROUP.contains(function.implementation()) && call.size() == 2) {
            arguments.add(Literal.of(0));
        }
        if (WITH_PATTERN.contains(function.implementation())) {
            if (call.size() == 1) {
                return call.asResult(arguments.get(0));
            }
            String pattern = call.constantText(1);
            if (function.implementation() == ScalarFunction.PARSE_TIMESTAMP) {
                arguments.set(1, Literal.of(DateTimeTemplate.javaPattern(pattern)));
            } else {
                DateTimePattern.check(pattern);
            }
        }
        return call.result(function.implementation(), arguments);
    }

    private static ScalarExpression converted(CallSite call, int index, Parameter parameter) {
        return switch (parameter) {
            case INTEGER -> call.argument(index, SqlType.INTEGER);
            case BIGINT -> call.argument(index, SqlType.BIGINT);
            case DATE -> call.argument(index, SqlType.DATE);
            case DOUBLE -> call.argument(index, SqlType.DOUBLE);
            case TEXT -> text(call.argument(index));
            case MOMENT -> call.argument(index, SqlType.timestamp(SqlType.MAX_TIME_PRECISION));
            case TIMESTAMP, DATETIME, INTERVAL, NUMBER, BOOLEAN, BYTES, TEXT_OR_BYTES -> call.argument(index);
        };
    }

    private static ScalarExpression text(ScalarExpression argument) {
        return argument.type().name().isText() ? argument : Coercion.cast(argument, SqlType.VARCHAR);
    }
}
