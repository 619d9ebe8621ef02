package io.thalweg.model.plan;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats each row for every element of an array or every entry of a map that is in it. Behind the columns of the input are
 * those of the element: its fields if it is a ROW, key and value of an entry, otherwise the element itself; then, if asked
 * for, its position from 1. Several collections are gone through together, the shorter ones with NULL in place of elements.
 *
 * @param columns where the arrays and maps are
 * @param outer whether a row without elements is kept once, with NULL in the columns of the element
 */
public record UnnestNode(PlanNode input, List<Integer> columns, boolean outer, boolean ordinality, RowType type)
        implements PlanNode {
    public UnnestNode {
        columns = List.copyOf(columns);
    }

    /** The types of the columns that an element of a collection becomes. */
    public static List<SqlType> elementTypes(SqlType collection) {
        List<SqlType> types = new ArrayList<>();
        SqlType first = collection.component(0);
        boolean rows = collection.name() == TypeName.ARRAY && first.name() == TypeName.ROW;
        for (Field field : rows ? first.components() : collection.components()) {
            types.add(field.type());
        }
        return types;
    }

    /** The types of the columns that elements of the collections in some columns become. */
    public static List<SqlType> elementTypes(RowType input, List<Integer> columns) {
        List<SqlType> types = new ArrayList<>();
        for (int column : columns) {
            for (SqlType type : elementTypes(input.type(column))) {
                types.add(columns.size() > 1 ? type.withNullable(true) : type);
            }
        }
        return types;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUnnest(this);
    }
}
