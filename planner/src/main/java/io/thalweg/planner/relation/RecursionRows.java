package io.thalweg.planner.relation;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of a recursion inside of its own definition. */
public final class RecursionRows extends AbstractRelNode {
    private final int number;
    private final String name;

    /** @param number of the {@link Recursion} that is meant */
    public RecursionRows(RelOptCluster cluster, int number, String name, RelDataType type) {
        super(cluster, cluster.traitSet());
        this.number = number;
        this.name = name;
        this.rowType = type;
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("name", name).item("number", number);
    }
}
