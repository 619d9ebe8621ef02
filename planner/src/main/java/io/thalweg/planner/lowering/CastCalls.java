package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ScalarFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** CAST and the casts that give NULL instead of failing. */
final class CastCalls {
    private CastCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.CAST, call -> call.asResult(call.argument(0)));
        table.add(SqlLibraryOperators.INFIX_CAST, call -> call.asResult(call.argument(0)));
        CallLowering tryCast = call -> Coercion.cast(call.argument(0), call.type(), ScalarFunction.TRY_CAST);
        table.add(SqlLibraryOperators.TRY_CAST, tryCast);
        table.add(SqlLibraryOperators.SAFE_CAST, tryCast);
    }
}
