package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;

/**
 * The columns below window functions: those that the result needs, then what partitions, orders and arguments are computed
 * to; and above them the columns that the functions become.
 */
final class OverColumns {
    private final List<RexNode> results;
    private final ExpressionLowering expressions;
    private final Map<RexNode, Integer> places = new LinkedHashMap<>();
    private final List<ScalarExpression> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<RexOver, Integer> replaced = new HashMap<>();

    OverColumns(OverCalls calls, ExpressionLowering expressions, PlanNode input) {
        this.results = calls.expressions();
        this.expressions = expressions;
        RexShuttle collector = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                add(reference, input.type().name(reference.getIndex()));
                return reference;
            }

            @Override
            public RexNode visitOver(RexOver over) {
                return over;
            }
        };
        results.forEach(result -> result.accept(collector));
        for (RexOver over : calls.all()) {
            over.getWindow().partitionKeys.forEach(key -> addComputed(key, input));
            over.getWindow().orderKeys.forEach(key -> addComputed(key.left, input));
            addArguments(over, input);
        }
    }

    /** The arguments that differ from row to row. */
    private void addArguments(RexOver over, PlanNode input) {
        List<RexNode> operands = over.getOperands();
        switch (over.getAggOperator().getKind()) {
            case NTILE -> {}
            case NTH_VALUE -> addComputed(operands.get(0), input);
            case LAG, LEAD -> {
                addComputed(operands.get(0), input);
                if (operands.size() > 2 && !places.containsKey(operands.get(2))) {
                    SqlType type = expressions.lower(operands.get(0)).type();
                    ScalarExpression other = expressions.lower(operands.get(2));
                    SqlType wanted = type.withNullable(other.type().nullable());
                    add(operands.get(2), Coercion.cast(other, wanted), "$" + columns.size());
                }
            }
            default -> operands.forEach(operand -> addComputed(operand, input));
        }
    }

    private void addComputed(RexNode expression, PlanNode input) {
        String name = expression instanceof RexInputRef reference
                ? input.type().name(reference.getIndex())
                : "$" + columns.size();
        add(expression, name);
    }

    private void add(RexNode expression, String name) {
        if (!places.containsKey(expression)) {
            add(expression, expressions.lower(expression), name);
        }
    }

    private void add(RexNode expression, ScalarExpression lowered, String name) {
        places.put(expression, columns.size());
        columns.add(lowered);
        names.add(name);
    }

    /** An expression that stands below the functions. */
    ScalarExpression lowered(RexNode expression) {
        return expressions.lower(expression);
    }

    /** The column of an expression. */
    int of(RexNode expression) {
        Integer place = places.get(expression);
        if (place == null) {
            throw new IllegalStateException("no column for " + expression);
        }
        return place;
    }

    /** All columns over their input. */
    PlanNode project(PlanNode input) {
        return CalcComposer.project(input, columns, names);
    }

    /** Tells which column a window function has become. */
    void replace(RexOver over, int column) {
        replaced.put(over, column);
    }

    /** The results over a row with all columns. */
    List<ScalarExpression> results(RowType row) {
        RexShuttle toColumns = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(of(reference), reference.getType());
            }

            @Override
            public RexNode visitOver(RexOver over) {
                return new RexInputRef(replaced.getOrDefault(over, -1), over.getType());
            }
        };
        List<ScalarExpression> lowered = new ArrayList<>();
        for (RexNode result : results) {
            // The columns say better than the validator whether they may be NULL.
            lowered.add(ColumnSubstitution.substitute(
                    expressions.lower(result.accept(toColumns)),
                    column -> new ColumnReference(column.column(), row.type(column.column()))));
        }
        return lowered;
    }
}
