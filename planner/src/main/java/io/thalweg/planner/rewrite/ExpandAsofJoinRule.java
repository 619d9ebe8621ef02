package io.thalweg.planner.rewrite;

import io.thalweg.planner.relation.AsofRelation;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAsofJoin;

/** Makes an as-of join a relation of its own, before any rule can take it for a join. */
final class ExpandAsofJoinRule extends RelRule<RuleConfig> {
    static final ExpandAsofJoinRule INSTANCE = new ExpandAsofJoinRule();

    private ExpandAsofJoinRule() {
        super(RuleConfig.matching(b -> b.operand(LogicalAsofJoin.class).anyInputs(), "ExpandAsofJoinRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAsofJoin join = call.rel(0);
        call.transformTo(new AsofRelation(
                join.getLeft(),
                join.getRight(),
                join.getCondition(),
                join.getMatchCondition(),
                join.getJoinType() == JoinRelType.LEFT_ASOF));
    }
}
