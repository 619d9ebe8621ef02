package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an aggregation reads: its input and, behind its columns, what the calls need computed from them. */
final class AggregateInput {
    private final PlanNode input;
    private final List<ScalarExpression> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    AggregateInput(PlanNode input) {
        this.input = input;
        for (int i = 0; i < input.type().size(); i++) {
            columns.add(new ColumnReference(i, input.type().type(i)));
            names.add(input.type().name(i));
        }
    }

    SqlType type(int column) {
        return columns.get(column).type();
    }

    ScalarExpression column(int column) {
        return columns.get(column);
    }

    /** The number of a column with the values of an expression over the input. */
    int add(ScalarExpression expression) {
        int known = columns.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        columns.add(expression);
        names.add("$" + (columns.size() - 1));
        return columns.size() - 1;
    }

    /** The number of a column with the values of another as those of a type. */
    int cast(int column, SqlType type) {
        SqlType given = type(column);
        return given.withNullable(true).equals(type.withNullable(true))
                ? column
                : add(Coercion.cast(columns.get(column), type.withNullable(given.nullable())));
    }

    /** The value of a column that is the same in all rows. */
    Optional<Literal> constant(int column) {
        return input instanceof CalcNode calc
                        && column < calc.projections().size()
                        && calc.projections().get(column) instanceof Literal literal
                ? Optional.of(literal)
                : Optional.empty();
    }

    PlanNode node() {
        return columns.size() == input.type().size() ? input : CalcComposer.project(input, columns, names);
    }
}
