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
        List<ScalarExpression> collections =
                unnesting.collections().stream().map(expressions::lower).toList();
        collections.forEach(UnnestLowering::check);
        // The keys of a map are never NULL, as those of one that is shorter than its neighbour would be.
        if (collections.size() > 1
                && collections.stream().anyMatch(c -> c.type().name() == TypeName.MAP)) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST of a map and other collections is not supported")
                    .withHint("MAP_KEYS and MAP_VALUES make arrays of it.");
        }
        List<String> names = unnesting.getRowType().getFieldNames();
        if (collections.stream().allMatch(ColumnReference.class::isInstance)) {
            return node(unnesting, input, columns(collections), names);
        }
        int inputColumns = input.type().size();
        List<ScalarExpression> below = new ArrayList<>(CalcComposer.identity(input.type()));
        List<String> belowNames = new ArrayList<>(CalcComposer.names(input.type()));
        List<String> within = new ArrayList<>(names);
        List<Integer> places = new ArrayList<>();
        for (ScalarExpression collection : collections) {
            String name = "$collection" + (places.isEmpty() ? "" : places.size());
            within.add(below.size(), name);
            belowNames.add(name);
            places.add(below.size());
            below.add(collection);
        }
        PlanNode unnested = node(unnesting, CalcComposer.project(input, below, belowNames), places, within);
        List<ScalarExpression> kept = new ArrayList<>(CalcComposer.identity(unnested.type()));
        kept.subList(inputColumns, below.size()).clear();
        return CalcComposer.project(unnested, kept, names);
    }

    private static void check(ScalarExpression collection) {
        TypeName name = collection.type().name();
        if (name != TypeName.ARRAY && name != TypeName.MAP) {
            throw new ThalwegException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "UNNEST takes an array or a map, not a value of type "
                            + collection.type().sqlText());
        }
    }

    private static List<Integer> columns(List<ScalarExpression> collections) {
        return collections.stream()
                .map(collection -> collection instanceof ColumnReference column ? column.column() : -1)
                .toList();
    }

    private static PlanNode node(Unnesting unnesting, PlanNode input, List<Integer> columns, List<String> names) {
        List<SqlType> types = new ArrayList<>(input.type().types());
        types.addAll(UnnestNode.elementTypes(input.type(), columns));
        if (unnesting.ordinality()) {
            types.add(SqlType.INTEGER.withNullable(unnesting.outer()));
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field(names.get(i), types.get(i)));
        }
        return new UnnestNode(input, columns, unnesting.outer(), unnesting.ordinality(), new RowType(fields));
    }
}
