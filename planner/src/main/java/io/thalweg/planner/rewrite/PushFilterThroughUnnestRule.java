package io.thalweg.planner.rewrite;

import io.thalweg.planner.relation.Unnesting;
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
 * Filters rows before they are repeated for their elements, by those conditions that do not ask for the elements.
 *
 * <pre>
 * Filter(a > 1 and element = 2)      Filter(element = 2)
 *   Unnesting                    ->    Unnesting
 *                                        Filter(a > 1)
 * </pre>
 */
final class PushFilterThroughUnnestRule extends RelRule<RuleConfig> {
    static final PushFilterThroughUnnestRule INSTANCE = new PushFilterThroughUnnestRule();

    private PushFilterThroughUnnestRule() {
        super(RuleConfig.matching(
                b -> b.operand(LogicalFilter.class)
                        .oneInput(u -> u.operand(Unnesting.class).anyInputs()),
                "PushFilterThroughUnnestRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        Unnesting unnesting = call.rel(1);
        RelNode input = unnesting.getInput();
        ImmutableBitSet below = ImmutableBitSet.range(input.getRowType().getFieldCount());
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (below.contains(RelOptUtil.InputFinder.bits(condition)) ? pushed : kept).add(condition);
        }
        if (pushed.isEmpty()) {
            return;
        }
        RexBuilder expressions = filter.getCluster().getRexBuilder();
        RelNode filtered = LogicalFilter.create(input, RexUtil.composeConjunction(expressions, pushed));
        RelNode result = unnesting.over(filtered, unnesting.collections());
        call.transformTo(
                kept.isEmpty() ? result : LogicalFilter.create(result, RexUtil.composeConjunction(expressions, kept)));
    }
}
