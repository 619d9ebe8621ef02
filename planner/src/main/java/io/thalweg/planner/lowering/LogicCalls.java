package io.thalweg.planner.lowering;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** AND, OR, NOT and the tests of truth. Comparisons of one value with many constants become IN. */
final class LogicCalls {
    private LogicCalls() {}

    static void register(CallLoweringTable table) {
        table.add(SqlStdOperatorTable.AND, call -> and(call.arguments()));
        table.add(SqlStdOperatorTable.OR, call -> or(call.arguments()));
        table.add(SqlStdOperatorTable.NOT, call -> call.result(ScalarFunction.NOT, condition(call.argument(0))));
        test(table, SqlStdOperatorTable.IS_NULL, ScalarFunction.IS_NULL);
        test(table, SqlStdOperatorTable.IS_NOT_NULL, ScalarFunction.IS_NOT_NULL);
        test(table, SqlStdOperatorTable.IS_UNKNOWN, ScalarFunction.IS_NULL);
        test(table, SqlStdOperatorTable.IS_NOT_UNKNOWN, ScalarFunction.IS_NOT_NULL);
        test(table, SqlStdOperatorTable.IS_TRUE, ScalarFunction.IS_TRUE);
        test(table, SqlStdOperatorTable.IS_NOT_TRUE, ScalarFunction.IS_NOT_TRUE);
        test(table, SqlStdOperatorTable.IS_FALSE, ScalarFunction.IS_FALSE);
        test(table, SqlStdOperatorTable.IS_NOT_FALSE, ScalarFunction.IS_NOT_FALSE);
    }

    private static void test(CallLoweringTable table, SqlOperator operator, ScalarFunction function) {
        table.add(operator, call -> FunctionCall.of(function, SqlType.BOOLEAN.notNull(), call.argument(0)));
    }

    /** The conjunction, flat. */
    static ScalarExpression and(List<ScalarExpression> conditions) {
        return chain(ScalarFunction.AND, flat(ScalarFunction.AND, conditions));
    }

    private static ScalarExpression or(List<ScalarExpression> conditions) {
        return chain(ScalarFunction.OR, listed(flat(ScalarFunction.OR, conditions)));
    }

    private static ScalarExpression chain(ScalarFunction function, List<ScalarExpression> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        boolean nullable = conditions.stream().anyMatch(c -> c.type().nullable());
        return new FunctionCall(function, conditions, SqlType.BOOLEAN.withNullable(nullable));
    }

    private static List<ScalarExpression> flat(ScalarFunction function, List<ScalarExpression> conditions) {
        List<ScalarExpression> flat = new ArrayList<>();
        for (ScalarExpression condition : conditions) {
            if (condition instanceof FunctionCall call && call.function() == function) {
                flat.addAll(call.arguments());
            } else {
                flat.add(condition(condition));
            }
        }
        return flat;
    }

    /** NULL written as a condition is one that is unknown; ORDER BY leaves it without a type. */
    private static ScalarExpression condition(ScalarExpression written) {
        return written.type().name() == TypeName.NULL ? Coercion.cast(written, SqlType.BOOLEAN) : written;
    }

    /** Puts {@code x = 1 OR x = 2} together as {@code x IN (1, 2)}: three-valued logic agrees, also for NULL in the list. */
    private static List<ScalarExpression> listed(List<ScalarExpression> conditions) {
        Map<ScalarExpression, List<ScalarExpression>> groups = new LinkedHashMap<>();
        for (ScalarExpression condition : conditions) {
            List<ScalarExpression> list = listOf(condition).orElse(List.of());
            ScalarExpression subject = list.isEmpty() ? condition : list.get(0);
            List<ScalarExpression> group = groups.computeIfAbsent(subject, s -> new ArrayList<>());
            group.addAll(list.isEmpty() ? List.of() : list.subList(1, list.size()));
        }
        List<ScalarExpression> result = new ArrayList<>();
        groups.forEach((subject, values) -> result.add(condition(subject, values)));
        return result;
    }

    private static ScalarExpression condition(ScalarExpression subject, List<ScalarExpression> values) {
        if (values.isEmpty()) {
            return subject;
        }
        boolean nullable = subject.type().nullable()
                || values.stream().anyMatch(v -> v.type().nullable());
        SqlType type = SqlType.BOOLEAN.withNullable(nullable);
        List<ScalarExpression> arguments = new ArrayList<>();
        arguments.add(subject);
        arguments.addAll(values);
        return new FunctionCall(values.size() == 1 ? ScalarFunction.EQUAL : ScalarFunction.IN, arguments, type);
    }

    /** The subject and the constants it is compared with. */
    private static Optional<List<ScalarExpression>> listOf(ScalarExpression condition) {
        if (!(condition instanceof FunctionCall call)
                || (call.function() != ScalarFunction.EQUAL && call.function() != ScalarFunction.IN)
                || call.argument(0) instanceof Literal) {
            return Optional.empty();
        }
        List<ScalarExpression> list = new ArrayList<>();
        list.add(call.argument(0));
        for (ScalarExpression value :
                call.arguments().subList(1, call.arguments().size())) {
            Optional<Literal> literal = value instanceof Literal constant
                    ? Coercion.fold(constant, call.argument(0).type())
                    : Optional.empty();
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            list.add(literal.get());
        }
        return Optional.of(list);
    }
}
