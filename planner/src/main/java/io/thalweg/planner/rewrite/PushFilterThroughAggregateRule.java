package io.thalweg.planner.rewrite;

import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Calcite's rule, but not for a global aggregate, nor where one is among the grouping sets: there a condition without columns, such as {@code HAVING 1 = 0}, would be
 * pushed below, and the one row that is left of an empty input would pass.
 */
final class PushFilterThroughAggregateRule extends FilterAggregateTransposeRule {
    static final PushFilterThroughAggregateRule INSTANCE = new PushFilterThroughAggregateRule();

    private PushFilterThroughAggregateRule() {
        super((Config) Config.DEFAULT.withRelBuilderFactory(RelationalOptimizer.BUILDER));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Aggregate aggregate = call.rel(1);
        if (aggregate.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty)) {
            super.onMatch(call);
        }
    }
}
