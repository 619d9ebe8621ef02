package io.thalweg.planner.relation;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * Rows with the window of their session: rows of equal keys that follow each other by less than a gap. Rows without a time
 * are left out. The columns are those of a {@link WindowAssignment}.
 */
public final class SessionAssignment extends SingleRel {
    private final List<Integer> keys;
    private final int timeColumn;
    private final RexNode gap;

    /**
     * @param keys columns of the input
     * @param timeColumn the column of the input that decides
     * @param gap a constant interval
     */
    public SessionAssignment(RelNode input, List<Integer> keys, int timeColumn, RexNode gap) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.keys = List.copyOf(keys);
        this.timeColumn = timeColumn;
        this.gap = gap;
    }

    public List<Integer> keys() {
        return keys;
    }

    public int timeColumn() {
        return timeColumn;
    }

    public RexNode gap() {
        return gap;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new SessionAssignment(inputs.get(0), keys, timeColumn, gap);
    }

    @Override
    protected RelDataType deriveRowType() {
        return WindowAssignment.withWindow(getCluster().getTypeFactory(), input.getRowType(), timeColumn);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("keys", keys)
                .item("time", timeColumn)
                .item("gap", gap);
    }
}
