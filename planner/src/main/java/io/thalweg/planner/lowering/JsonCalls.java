package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.JsonOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** The JSON functions of the standard, with what they say about nothing and errors. */
final class JsonCalls {
    private JsonCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.JSON_VALUE, JsonCalls::value);
        table.add(SqlStdOperatorTable.JSON_QUERY, JsonCalls::query);
        table.add(SqlStdOperatorTable.JSON_EXISTS, JsonCalls::exists);
        table.add(JsonOperators.TO_JSON, JsonCalls::json);
        table.add(JsonOperators.CHECKED, call -> call.result(ScalarFunction.JSON_CHECKED, text(call)));
        table.add(SqlLibraryOperators.JSON_TYPE, call -> inspected(call, ScalarFunction.JSON_TYPE));
        table.add(SqlLibraryOperators.JSON_LENGTH, call -> inspected(call, ScalarFunction.JSON_LENGTH));
        table.add(SqlLibraryOperators.JSON_KEYS, call -> inspected(call, ScalarFunction.JSON_KEYS));
        table.add(SqlLibraryOperators.JSON_DEPTH, call -> inspected(call, ScalarFunction.JSON_DEPTH));
        table.add(SqlLibraryOperators.JSON_PRETTY, call -> inspected(call, ScalarFunction.JSON_PRETTY));
        isJson(table, SqlStdOperatorTable.IS_JSON_VALUE, SqlStdOperatorTable.IS_NOT_JSON_VALUE, "VALUE");
        isJson(table, SqlStdOperatorTable.IS_JSON_OBJECT, SqlStdOperatorTable.IS_NOT_JSON_OBJECT, "OBJECT");
        isJson(table, SqlStdOperatorTable.IS_JSON_ARRAY, SqlStdOperatorTable.IS_NOT_JSON_ARRAY, "ARRAY");
        isJson(table, SqlStdOperatorTable.IS_JSON_SCALAR, SqlStdOperatorTable.IS_NOT_JSON_SCALAR, "SCALAR");
    }

    /** The JSON of a value: numbers and truth values are as their text, everything else that is no collection is a string. */
    private static ScalarExpression json(CallSite call) {
        ScalarExpression value = call.argument(0);
        TypeName type = value.type().name();
        if (type.isNested()) {
            return call.result(ScalarFunction.JSON_OF, value);
        }
        ScalarExpression text = type == TypeName.VARBINARY
                ? call.result(ScalarFunction.HEXADECIMAL, value)
                : Coercion.cast(value, SqlType.VARCHAR);
        if (type == TypeName.BOOLEAN) {
            return call.result(ScalarFunction.LOWER, text);
        }
        boolean isItself = type.isNumeric() || type == TypeName.NULL;
        return isItself ? call.asResult(text) : call.result(ScalarFunction.JSON_QUOTE, text);
    }

    /** What is at a path, or of the whole text. */
    private static ScalarExpression inspected(CallSite call, ScalarFunction function) {
        String path = call.size() > 1 ? call.constantText(1) : "$";
        return FunctionCall.of(function, call.type().withNullable(true), text(call), Literal.of(path));
    }

    private static void isJson(CallLoweringTable table, SqlOperator is, SqlOperator isNot, String kind) {
        table.add(is, call -> isJson(call, kind));
        table.add(
                isNot,
                call -> FunctionCall.of(
                        ScalarFunction.NOT,
                        SqlType.BOOLEAN.withNullable(text(call).type().nullable()),
                        isJson(call, kind)));
    }

    private static ScalarExpression isJson(CallSite call, String kind) {
        ScalarExpression text = text(call);
        return FunctionCall.of(
                ScalarFunction.IS_JSON, SqlType.BOOLEAN.withNullable(text.type().nullable()), text, Literal.of(kind));
    }

    private static ScalarExpression text(CallSite call) {
        ScalarExpression text = call.argument(0);
        return text.type().name().isText() ? text : Coercion.cast(text, SqlType.VARCHAR);
    }

    /** What JSON_VALUE is where there is no value. */
    private record Otherwise(boolean isError, @Nullable ScalarExpression value) {}

    private static ScalarExpression value(CallSite call) {
        Literal path = Literal.of(call.constantText(1));
        Otherwise onEmpty = new Otherwise(false, null);
        Otherwise onError = onEmpty;
        int next = 2;
        while (next < call.size() && call.operand(next) instanceof RexLiteral) {
            SqlJsonValueEmptyOrErrorBehavior behavior = call.word(next, SqlJsonValueEmptyOrErrorBehavior.class);
            boolean hasDefault = behavior == SqlJsonValueEmptyOrErrorBehavior.DEFAULT;
            Otherwise otherwise = new Otherwise(
                    behavior == SqlJsonValueEmptyOrErrorBehavior.ERROR,
                    hasDefault ? call.argument(next + 1, call.type()) : null);
            next += hasDefault ? 2 : 1;
            if (call.word(next++, SqlJsonEmptyOrError.class) == SqlJsonEmptyOrError.EMPTY) {
                onEmpty = otherwise;
            } else {
                onError = otherwise;
            }
        }
        ScalarExpression text = text(call);
        ScalarExpression scalar = FunctionCall.of(
                ScalarFunction.JSON_VALUE,
                SqlType.VARCHAR,
                text,
                path,
                Literal.of(onEmpty.isError()),
                Literal.of(onError.isError()));
        ScalarExpression value =
                Coercion.cast(scalar, call.type(), onError.isError() ? ScalarFunction.CAST : ScalarFunction.TRY_CAST);
        return otherwise(text, path, scalar, value, onEmpty.value(), onError.value());
    }

    /** The value, unless there is another for nothing or for an error, which a value of another type is too. */
    private static ScalarExpression otherwise(
            ScalarExpression text,
            Literal path,
            ScalarExpression scalar,
            ScalarExpression value,
            @Nullable ScalarExpression onEmpty,
            @Nullable ScalarExpression onError) {
        if (onEmpty == null && onError == null) {
            return value;
        }
        ScalarExpression outcome = FunctionCall.of(ScalarFunction.JSON_OUTCOME, SqlType.INTEGER, text, path);
        List<ScalarExpression> branches = new ArrayList<>();
        SqlType type = value.type().withNullable(true);
        branches.add(ComparisonCalls.compare(ScalarFunction.EQUAL, outcome, Literal.of(1)));
        branches.add(onEmpty == null ? Literal.nullOf(type) : onEmpty);
        if (onError != null) {
            ScalarExpression failed = ComparisonCalls.compare(ScalarFunction.EQUAL, outcome, Literal.of(2));
            ScalarExpression isThere = FunctionCall.of(ScalarFunction.IS_NOT_NULL, SqlType.BOOLEAN.notNull(), scalar);
            ScalarExpression isLost = FunctionCall.of(ScalarFunction.IS_NULL, SqlType.BOOLEAN.notNull(), value);
            ScalarExpression other = FunctionCall.of(ScalarFunction.AND, SqlType.BOOLEAN.notNull(), isThere, isLost);
            branches.add(FunctionCall.of(ScalarFunction.OR, SqlType.BOOLEAN, failed, other));
            branches.add(onError);
        }
        branches.add(value);
        return new FunctionCall(ScalarFunction.CASE, branches, type);
    }

    private static ScalarExpression query(CallSite call) {
        int wrapper = switch (call.word(2, SqlJsonQueryWrapperBehavior.class)) {
            case WITHOUT_ARRAY -> 0;
            case WITH_UNCONDITIONAL_ARRAY -> 1;
            case WITH_CONDITIONAL_ARRAY -> 2;
        };
        return call.asResult(FunctionCall.of(
                ScalarFunction.JSON_QUERY,
                SqlType.VARCHAR,
                text(call),
                Literal.of(call.constantText(1)),
                Literal.of(wrapper),
                fragment(call, 3),
                fragment(call, 4)));
    }

    private static Literal fragment(CallSite call, int operand) {
        return switch (call.word(operand, SqlJsonQueryEmptyOrErrorBehavior.class)) {
            case NULL -> Literal.nullOf(SqlType.VARCHAR);
            case EMPTY_ARRAY -> Literal.of("[]");
            case EMPTY_OBJECT -> Literal.of("{}");
            case ERROR -> throw call.unsupported("with ERROR");
        };
    }

    private static ScalarExpression exists(CallSite call) {
        SqlJsonExistsErrorBehavior behavior =
                call.size() < 3 ? SqlJsonExistsErrorBehavior.FALSE : call.word(2, SqlJsonExistsErrorBehavior.class);
        int onError = switch (behavior) {
            case FALSE -> 0;
            case TRUE -> 1;
            case UNKNOWN -> 2;
            case ERROR -> throw call.unsupported("with ERROR");
        };
        return FunctionCall.of(
                ScalarFunction.JSON_EXISTS,
                SqlType.BOOLEAN,
                text(call),
                Literal.of(call.constantText(1)),
                Literal.of(onError));
    }
}
