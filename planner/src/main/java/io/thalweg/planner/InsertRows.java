package io.thalweg.planner;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.lowering.ColumnSubstitution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plan of the rows of a VALUES. Rows of literals are one fixed relation. As soon as there is a parameter, every row
 * is computed from the relation of the parameters, so that each set of bound values gives all the rows.
 */
final class InsertRows {
    private final RowType type;
    private final List<SqlType> parameters;

    InsertRows(RowType type, List<SqlType> parameters) {
        this.type = type;
        this.parameters = parameters;
    }

    PlanNode plan(List<List<ScalarExpression>> rows) {
        List<PlanNode> parts = new ArrayList<>();
        List<List<Literal>> literals = new ArrayList<>();
        for (List<ScalarExpression> row : rows) {
            if (parameters.isEmpty() && row.stream().allMatch(Literal.class::isInstance)) {
                literals.add(row.stream().map(Literal.class::cast).toList());
                continue;
            }
            flush(literals, parts);
            parts.add(parameters.isEmpty() ? computed(row) : overParameters(row));
        }
        flush(literals, parts);
        return parts.size() == 1 ? parts.get(0) : new UnionNode(parts, type);
    }

    private void flush(List<List<Literal>> literals, List<PlanNode> parts) {
        if (!literals.isEmpty()) {
            parts.add(new ValuesNode(literals, type));
            literals.clear();
        }
    }

    private PlanNode computed(List<ScalarExpression> row) {
        PlanNode oneRow = new ValuesNode(List.of(List.of()), new RowType(List.of()));
        return new CalcNode(oneRow, Optional.empty(), row, type);
    }

    private PlanNode overParameters(List<ScalarExpression> row) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            fields.add(new Field("?" + (i + 1), parameters.get(i)));
        }
        List<ScalarExpression> columns = row.stream()
                .map(value -> ColumnSubstitution.substituteParameters(
                        value, parameter -> new ColumnReference(parameter.index(), parameter.type())))
                .toList();
        return new CalcNode(new ParametersNode(new RowType(fields)), Optional.empty(), columns, type);
    }
}
