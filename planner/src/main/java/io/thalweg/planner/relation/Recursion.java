package io.thalweg.planner.relation;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A relation that is defined by itself: the rows of its left input, and what follows from them by the right one. */
public final class Recursion extends BiRel {
    private final RecursionRows rows;
    private final boolean all;

    /**
     * @param rows how the right input speaks of the rows of this relation, of the same row type
     * @param all whether equal rows are kept apart
     */
    public Recursion(RecursionRows rows, boolean all, RelNode start, RelNode next) {
        super(start.getCluster(), start.getTraitSet(), start, next);
        this.rows = rows;
        this.all = all;
    }

    public RecursionRows rows() {
        return rows;
    }

    public boolean all() {
        return all;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new Recursion(rows, all, inputs.get(0), inputs.get(1));
    }

    @Override
    protected RelDataType deriveRowType() {
        return rows.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("name", rows.name())
                .item("number", rows.number())
                .item("all", all);
    }
}
