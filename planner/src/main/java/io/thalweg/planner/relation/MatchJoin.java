package io.thalweg.planner.relation;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * A join that has every left row exactly once: with a mark, or with its only partner. Deliberately not one of Calcite's
 * joins, whose rules would take it for one of those that they know.
 */
public final class MatchJoin extends BiRel {
    /** What comes behind the left columns. */
    public enum Kind {
        /** A BOOLEAN that tells whether there is a partner. */
        MARK,
        /** The columns of the partner, NULL if there is none; more than one is an error. */
        SINGLE
    }

    private final Kind kind;
    private final RexNode condition;

    private MatchJoin(RelTraitSet traits, RelNode left, RelNode right, RexNode condition, Kind kind) {
        super(left.getCluster(), traits, left, right);
        this.kind = kind;
        this.condition = condition;
    }

    /** @param condition over the columns of both sides */
    public static MatchJoin create(RelNode left, RelNode right, RexNode condition, Kind kind) {
        return new MatchJoin(left.getCluster().traitSetOf(Convention.NONE), left, right, condition, kind);
    }

    public Kind kind() {
        return kind;
    }

    /** When two rows are partners, over the columns of both sides. */
    public RexNode condition() {
        return condition;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        RelDataType right = this.right.getRowType();
        if (kind == Kind.MARK) {
            right = types.builder().add("$mark", SqlTypeName.BOOLEAN).build();
        }
        // The mark itself is never NULL, so it joins as a column that is there.
        JoinRelType like = kind == Kind.MARK ? JoinRelType.INNER : JoinRelType.LEFT;
        return SqlValidatorUtil.deriveJoinRowType(left.getRowType(), right, like, types, null, List.of());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new MatchJoin(traits, inputs.get(0), inputs.get(1), condition, kind);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        RexNode changed = shuttle.apply(condition);
        return changed.equals(condition) ? this : new MatchJoin(getTraitSet(), left, right, changed, kind);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("condition", condition).item("kind", kind);
    }
}
