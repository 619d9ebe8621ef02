package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.relation.Unnesting;
import java.util.ArrayList;
import java.util.List;

/** Turns the elements of collections into an unnest node, with the collection as a column below it. */
final class UnnestLowering {
    private final ExpressionLowering expressions;

    UnnestLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    /** @param input what the unnesting's input was lowered to */
    PlanNode lower(Unnesting unnesting, PlanNode input) {
        ScalarExpression collection = expressions.lower(unnesting.collection());
        TypeName name = collection.type().name();
        if (name != TypeName.ARRAY && name != TypeName.MAP) {
            throw new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "UNNEST takes an array or a map, not a value of type "
                            + collection.type().sqlText());
        }
        List<String> names = unnesting.getRowType().getFieldNames();
        int inputColumns = input.type().size();
        if (collection instanceof ColumnReference column) {
            return node(unnesting, input, column.column(), names);
        }
        List<ScalarExpression> columns = new ArrayList<>(CalcComposer.identity(input.type()));
        columns.add(collection);
        List<String> below = new ArrayList<>(CalcComposer.names(input.type()));
        below.add("$collection");
        List<String> within = new ArrayList<>(names);
        within.add(inputColumns, "$collection");
        PlanNode unnested = node(unnesting, CalcComposer.project(input, columns, below), inputColumns, within);
        List<ScalarExpression> kept = new ArrayList<>(CalcComposer.identity(unnested.type()));
        kept.remove(inputColumns);
        return CalcComposer.project(unnested, kept, names);
    }

    private static PlanNode node(Unnesting unnesting, PlanNode input, int column, List<String> names) {
        List<SqlType> types = new ArrayList<>(input.type().types());
        types.addAll(UnnestNode.elementTypes(input.type().type(column)));
        if (unnesting.ordinality()) {
            types.add(SqlType.INTEGER.withNullable(unnesting.outer()));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field(names.get(i), types.get(i)));
        }
        return new UnnestNode(input, column, unnesting.outer(), unnesting.ordinality(), new RowType(fields));
    }
}
