package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** CASE and the functions that are short for it. Every result is cast to the type of the whole. */
final class ConditionalCalls {
    private ConditionalCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.CASE, ConditionalCalls::cases);
        table.add(SqlStdOperatorTable.COALESCE, call -> all(call, ScalarFunction.COALESCE));
        table.add(SqlLibraryOperators.IFNULL, call -> all(call, ScalarFunction.COALESCE));
        table.add(SqlLibraryOperators.NVL, call -> all(call, ScalarFunction.COALESCE));
        table.add(SqlStdOperatorTable.NULLIF, ConditionalCalls::nullIf);
        table.add(ThalwegOperators.GREATEST, call -> all(call, ScalarFunction.GREATEST));
        table.add(ThalwegOperators.LEAST, call -> all(call, ScalarFunction.LEAST));
        table.add(
                ThalwegOperators.NVL2,
                call -> call.result(
                        ScalarFunction.CASE,
                        FunctionCall.of(ScalarFunction.IS_NOT_NULL, SqlType.BOOLEAN.notNull(), call.argument(0)),
                        call.argument(1, call.type()),
                        call.argument(2, call.type())));
        table.add(ThalwegOperators.IF, ConditionalCalls::choice);
    }

    /** condition, value, other. */
    static ScalarExpression choice(CallSite call) {
        return call.result(
                ScalarFunction.CASE, call.argument(0), call.argument(1, call.type()), call.argument(2, call.type()));
    }

    private static ScalarExpression all(CallSite call, ScalarFunction function) {
        List<ScalarExpression> arguments = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            arguments.add(call.argument(i, call.type()));
        }
        return call.result(function, arguments);
    }

    private static ScalarExpression nullIf(CallSite call) {
        ScalarExpression value = call.argument(0);
        ScalarExpression same = ComparisonCalls.compare(ScalarFunction.EQUAL, value, call.argument(1));
        return call.result(ScalarFunction.CASE, same, Literal.nullOf(call.type()), call.asResult(value));
    }

    private static ScalarExpression cases(CallSite call) {
        List<ScalarExpression> arguments = new ArrayList<>();
        int last = call.size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean condition = i % 2 == 0 && i < last;
            arguments.add(condition ? call.argument(i) : call.argument(i, call.type()));
        }
        arguments = reachable(arguments);
        if (arguments.size() == 1) {
            return arguments.get(0);
        }
        return isCoalesce(arguments, call.type())
                ? call.result(ScalarFunction.COALESCE, results(arguments))
                : call.result(ScalarFunction.CASE, arguments);
    }

    /** Leaves out branches whose condition is a constant, and what follows one that is always taken. */
    private static List<ScalarExpression> reachable(List<ScalarExpression> arguments) {
        List<ScalarExpression> reachable = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            ScalarExpression condition = arguments.get(i);
            if (condition.equals(Literal.of(true))) {
                reachable.add(arguments.get(i + 1));
                return reachable;
            }
            if (!ConstantFolding.isNeverTrue(condition)) {
                reachable.add(condition);
                reachable.add(arguments.get(i + 1));
            }
        }
        reachable.add(arguments.get(arguments.size() - 1));
        return reachable;
    }

    /**
     * Whether this is what the validator makes of COALESCE: each condition asks whether its value is there. Read back, so
     * that a value is computed once.
     */
    private static boolean isCoalesce(List<ScalarExpression> arguments, SqlType type) {
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            boolean asksForValue = arguments.get(i) instanceof FunctionCall condition
                    && condition.function() == ScalarFunction.IS_NOT_NULL
                    && Coercion.exists(condition.argument(0).type(), type)
                    && sameValue(condition.argument(0), arguments.get(i + 1));
            if (!asksForValue) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(ScalarExpression tested, ScalarExpression result) {
        ScalarExpression value = result;
        while (value instanceof FunctionCall cast && cast.function() == ScalarFunction.CAST && !value.equals(tested)) {
            value = cast.argument(0);
        }
        return value.equals(tested);
    }

    private static List<ScalarExpression> results(List<ScalarExpression> arguments) {
        List<ScalarExpression> results = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            results.add(arguments.get(i));
        }
        results.add(arguments.get(arguments.size() - 1));
        return results;
    }
}
