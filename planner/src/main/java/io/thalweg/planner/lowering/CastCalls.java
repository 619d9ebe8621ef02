package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.TypeName;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** CAST and the casts that give NULL instead of failing. */
final class CastCalls {
    private CastCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.CAST, call -> cast(call, ScalarFunction.CAST));
        table.add(SqlLibraryOperators.INFIX_CAST, call -> cast(call, ScalarFunction.CAST));
        table.add(SqlLibraryOperators.TRY_CAST, call -> cast(call, ScalarFunction.TRY_CAST));
        table.add(SqlLibraryOperators.SAFE_CAST, call -> cast(call, ScalarFunction.TRY_CAST));
    }

    private static ScalarExpression cast(CallSite call, ScalarFunction function) {
        ScalarExpression value = call.argument(0);
        TypeName from = value.type().name();
        TypeName to = call.type().name();
        // Only a cast that somebody wrote makes numbers of truth values, and truth values of numbers.
        if (from == TypeName.BOOLEAN && to.isNumeric() || from.isNumeric() && to == TypeName.BOOLEAN) {
            return call.result(function, value);
        }
        return Coercion.cast(value, call.type(), function);
    }
}
