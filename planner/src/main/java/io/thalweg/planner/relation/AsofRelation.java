package io.thalweg.planner.relation;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Each left row with the right row that is nearest to it, if there is one. No join in the sense of Calcite's rules, which
 * would move conditions to its right input and so make another row the nearest.
 */
public final class AsofRelation extends BiRel {
    private final RexNode condition;
    private final RexNode match;
    private final boolean keepsUnmatched;

    /**
     * @param condition equalities that both rows must meet, over the columns of both
     * @param match the comparison whose right side is to be near to the left one
     * @param keepsUnmatched whether left rows without a partner are in the result
     */
    public AsofRelation(RelNode left, RelNode right, RexNode condition, RexNode match, boolean keepsUnmatched) {
        super(left.getCluster(), left.getTraitSet(), left, right);
        this.condition = condition;
        this.match = match;
        this.keepsUnmatched = keepsUnmatched;
    }

    public RexNode condition() {
        return condition;
    }

    public RexNode match() {
        return match;
    }

    public boolean keepsUnmatched() {
        return keepsUnmatched;
    }

    /** The same over other inputs, with the conditions over their columns. */
    public AsofRelation over(RelNode newLeft, RelNode newRight, RexShuttle columns) {
        return new AsofRelation(newLeft, newRight, condition.accept(columns), match.accept(columns), keepsUnmatched);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new AsofRelation(inputs.get(0), inputs.get(1), condition, match, keepsUnmatched);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        return over(left, right, shuttle);
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlValidatorUtil.deriveJoinRowType(
                left.getRowType(),
                right.getRowType(),
                keepsUnmatched ? JoinRelType.LEFT : JoinRelType.INNER,
                getCluster().getTypeFactory(),
                null,
                List.of());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("condition", condition)
                .item("match", match)
                .item("keepsUnmatched", keepsUnmatched);
    }
}
