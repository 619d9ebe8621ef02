package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanRewriter;
import io.thalweg.model.plan.TopNNode;
import java.util.ArrayList;
import java.util.List;

/** Takes the rank off every Top-N above which nobody asks for it, since a row whose rank alone changes is no change then. */
final class UnusedRanks extends PlanRewriter {
    private UnusedRanks() {}

    static PlanNode dropped(PlanNode plan) {
        return plan.accept(new UnusedRanks());
    }

    @Override
    public PlanNode visitCalc(CalcNode node) {
        if (!(node.input() instanceof TopNNode top)
                || !top.hasRank()
                || uses(node, top.type().size() - 1)) {
            return super.visitCalc(node);
        }
        TopNNode unranked = new TopNNode(
                top.input(),
                top.partition(),
                top.keys(),
                top.range(),
                false,
                top.closeTime(),
                top.input().type());
        return CalcComposer.recomposed(node, unranked.accept(this));
    }

    private static boolean uses(CalcNode node, int column) {
        List<ScalarExpression> all = new ArrayList<>(node.projections());
        node.condition().ifPresent(all::add);
        return ColumnSubstitution.uses(all, node.input().type().size())[column] > 0;
    }
}
