package io.thalweg.planner.relation;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;

/**
 * Rows repeated for each element of a collection that is computed from them, with the element behind their columns. Several
 * collections are gone through together.
 */
public final class Unnesting extends SingleRel {
    private final List<RexNode> collections;
    private final boolean outer;
    private final boolean ordinality;
    private final RelDataType elements;

    /**
     * @param collections arrays or maps, over the columns of the input
     * @param outer whether rows without elements are kept
     * @param elements the columns of an element, its position the last of them if there is ordinality
     */
    public Unnesting(
            RelNode input, List<RexNode> collections, boolean outer, boolean ordinality, RelDataType elements) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.collections = List.copyOf(collections);
        this.outer = outer;
        this.ordinality = ordinality;
        this.elements = elements;
    }

    public List<RexNode> collections() {
        return collections;
    }

    public boolean outer() {
        return outer;
    }

    public boolean ordinality() {
        return ordinality;
    }

    /** How many columns an element adds to a row. */
    public int elementColumns() {
        return elements.getFieldCount();
    }

    /** The same over an input in which the collections are these expressions. */
    public Unnesting over(RelNode newInput, List<RexNode> newCollections) {
        return new Unnesting(newInput, newCollections, outer, ordinality, elements);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return over(inputs.get(0), collections);
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        List<RelDataType> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            columns.add(field.getType());
            names.add(field.getName());
        }
        for (RelDataTypeField field : elements.getFieldList()) {
            boolean isPosition = ordinality && field.getIndex() == elements.getFieldCount() - 1;
            boolean mayBeMissing = outer || collections.size() > 1 && !isPosition;
            columns.add(mayBeMissing ? types.createTypeWithNullability(field.getType(), true) : field.getType());
            names.add(field.getName());
        }
        return types.createStructType(columns, names);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("collections", collections)
                .itemIf("outer", true, outer)
                .itemIf("ordinality", true, ordinality);
    }
}
