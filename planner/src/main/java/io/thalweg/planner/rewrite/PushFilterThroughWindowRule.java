package io.thalweg.planner.rewrite;

import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.WindowAssignment;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Filters rows before they are put into windows, by those conditions that do not ask for the window. Of sessions only by
 * those that ask for nothing but the keys, since other rows of the same key are what a session is made of.
 *
 * <pre>
 * Filter(a > 1 and window_end > t)      Filter(window_end > t)
 *   Windows                        ->     Windows
 *                                           Filter(a > 1)
 * </pre>
 */
final class PushFilterThroughWindowRule extends RelRule<RuleConfig> {
    static final PushFilterThroughWindowRule WINDOWS =
            new PushFilterThroughWindowRule(WindowAssignment.class, "PushFilterThroughWindowRule");
    static final PushFilterThroughWindowRule SESSIONS =
            new PushFilterThroughWindowRule(SessionAssignment.class, "PushFilterThroughSessionRule");

    private PushFilterThroughWindowRule(Class<? extends SingleRel> windows, String name) {
        super(RuleConfig.matching(
                b -> b.operand(LogicalFilter.class)
                        .oneInput(w -> w.operand(windows).anyInputs()),
                name));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        SingleRel windows = call.rel(1);
        RelNode input = windows.getInput();
        ImmutableBitSet below = windows instanceof SessionAssignment sessions
                ? ImmutableBitSet.of(sessions.keys())
                : ImmutableBitSet.range(input.getRowType().getFieldCount());
        List<RexNode> pushed = new ArrayList<>();
        List<RexNode> kept = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean asksForMore = !below.contains(RelOptUtil.InputFinder.bits(condition));
            (asksForMore ? kept : pushed).add(condition);
        }
        if (pushed.isEmpty()) {
            return;
        }
        RexBuilder expressions = filter.getCluster().getRexBuilder();
        RelNode filtered = LogicalFilter.create(input, RexUtil.composeConjunction(expressions, pushed));
        RelNode result = windows.copy(windows.getTraitSet(), List.of(filtered));
        call.transformTo(
                kept.isEmpty() ? result : LogicalFilter.create(result, RexUtil.composeConjunction(expressions, kept)));
    }
}
