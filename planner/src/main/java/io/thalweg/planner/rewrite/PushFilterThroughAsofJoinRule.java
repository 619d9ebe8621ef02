package io.thalweg.planner.rewrite;

import io.thalweg.planner.relation.AsofRelation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Filters left rows before their nearest right row is looked for. What asks for the right row stays above: without the
 * nearest another one would be.
 */
final class PushFilterThroughAsofJoinRule extends RelRule<RuleConfig> {
    static final PushFilterThroughAsofJoinRule INSTANCE = new PushFilterThroughAsofJoinRule();

    private PushFilterThroughAsofJoinRule() {
        super(RuleConfig.matching(
                b -> b.operand(LogicalFilter.class)
                        .oneInput(j -> j.operand(AsofRelation.class).anyInputs()),
                "PushFilterThroughAsofJoinRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        AsofRelation join = call.rel(1);
        ImmutableBitSet ofLeft =
                ImmutableBitSet.range(join.getLeft().getRowType().getFieldCount());
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean asksForLeft = ofLeft.contains(RelOptUtil.InputFinder.bits(condition));
            (asksForLeft ? pushed : kept).add(condition);
        }
        if (pushed.isEmpty()) {
            return;
        }
        RexBuilder expressions = filter.getCluster().getRexBuilder();
        RelNode left = LogicalFilter.create(join.getLeft(), RexUtil.composeConjunction(expressions, pushed));
        RelNode result = join.copy(join.getTraitSet(), List.of(left, join.getRight()));
        call.transformTo(
                kept.isEmpty() ? result : LogicalFilter.create(result, RexUtil.composeConjunction(expressions, kept)));
    }
}
