package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Comparisons: both sides are made alike before. */
final class ComparisonCalls {
    private ComparisonCalls() {}

    static void register(CallLoweringTable table) {
        compare(table, SqlStdOperatorTable.EQUALS, ScalarFunction.EQUAL);
        compare(table, SqlStdOperatorTable.NOT_EQUALS, ScalarFunction.NOT_EQUAL);
        compare(table, SqlStdOperatorTable.LESS_THAN, ScalarFunction.LESS);
        compare(table, SqlStdOperatorTable.LESS_THAN_OR_EQUAL, ScalarFunction.LESS_OR_EQUAL);
        compare(table, SqlStdOperatorTable.GREATER_THAN, ScalarFunction.GREATER);
        compare(table, SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, ScalarFunction.GREATER_OR_EQUAL);
        compare(table, SqlStdOperatorTable.IS_DISTINCT_FROM, ScalarFunction.IS_DISTINCT_FROM);
        compare(table, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, ScalarFunction.IS_NOT_DISTINCT_FROM);
    }

    private static void compare(CallLoweringTable table, SqlOperator operator, ScalarFunction function) {
        table.add(operator, call -> compare(function, call.argument(0), call.argument(1)));
    }

    static ScalarExpression compare(ScalarFunction function, ScalarExpression left, ScalarExpression right) {
        List<ScalarExpression> alike = Coercion.alike(left, right);
        boolean total = function == ScalarFunction.IS_DISTINCT_FROM || function == ScalarFunction.IS_NOT_DISTINCT_FROM;
        boolean nullable = !total && (left.type().nullable() || right.type().nullable());
        return new FunctionCall(function, alike, SqlType.BOOLEAN.withNullable(nullable));
    }
}
