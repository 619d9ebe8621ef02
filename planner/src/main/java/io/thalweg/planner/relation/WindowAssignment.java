package io.thalweg.planner.relation;

import io.thalweg.model.plan.WindowNode;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;

/**
 * Rows repeated for each window of time that they fall into, with {@code window_start}, {@code window_end} and
 * {@code window_time} behind their columns. Rows without a time are left out.
 */
public final class WindowAssignment extends SingleRel {
    /** How many columns a window adds to a row. */
    public static final int WINDOW_COLUMNS = 3;

    private final WindowNode.Kind kind;
    private final int timeColumn;
    private final List<RexNode> intervals;

    /**
     * @param timeColumn the column of the input that decides
     * @param intervals the step, the size and the offset of the windows, all constant
     */
    public WindowAssignment(RelNode input, WindowNode.Kind kind, int timeColumn, List<RexNode> intervals) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.kind = kind;
        this.timeColumn = timeColumn;
        this.intervals = List.copyOf(intervals);
    }

    public WindowNode.Kind kind() {
        return kind;
    }

    public int timeColumn() {
        return timeColumn;
    }

    public RexNode step() {
        return intervals.get(0);
    }

    public RexNode size() {
        return intervals.get(1);
    }

    public RexNode offset() {
        return intervals.get(2);
    }

    /** The same windows over another input, in which the time is in this column. */
    public WindowAssignment over(RelNode newInput, int newTimeColumn) {
        return new WindowAssignment(newInput, kind, newTimeColumn, intervals);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return over(inputs.get(0), timeColumn);
    }

    @Override
    protected RelDataType deriveRowType() {
        return withWindow(getCluster().getTypeFactory(), input.getRowType(), timeColumn);
    }

    /** A row type with the columns of a window behind it, which have the type of the time. */
    public static RelDataType withWindow(RelDataTypeFactory types, RelDataType row, int timeColumn) {
        RelDataType time = types.createTypeWithNullability(
                row.getFieldList().get(timeColumn).getType(), false);
        return types.builder()
                .kind(row.getStructKind())
                .addAll(row.getFieldList())
                .add("window_start", time)
                .add("window_end", time)
                .add("window_time", time)
                .build();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("kind", kind)
                .item("time", timeColumn)
                .item("intervals", intervals);
    }
}
