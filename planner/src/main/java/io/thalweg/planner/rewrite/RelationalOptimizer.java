package io.thalweg.planner.rewrite;

import io.thalweg.planner.subquery.SubQueryRemoval;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig;
import org.apache.calcite.rel.rules.FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.UnionMergeRule;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * The rewrite stages, in their order. None chooses by cost and none evaluates an expression; of Calcite's rules only those
 * are used that move filters and projections of inner joins, because others of this version are known to be wrong.
 */
public final class RelationalOptimizer {
    /** Builds without simplifying: Calcite's simplifier has its own ideas of NULL and of rounding. */
    static final RelBuilderFactory BUILDER = RelBuilder.proto(Contexts.of(RelBuilder.Config.DEFAULT
            .withSimplify(false)
            .withSimplifyValues(false)
            .withPushJoinCondition(false)
            .withBloat(-1)));

    private static final List<RewriteStage> STAGES = List.of(
            // Before all that looks at loops, since these go through one row and not through a relation.
            new RewriteStage("expand unnest", true, UnnestExpansion::expand).alsoInSubQueries(),
            // First, so that all later stages see windows as the projections that they are.
            RewriteStage.ofRules(
                            "expand windows",
                            HepMatchOrder.BOTTOM_UP,
                            ExpandWindowFunctionRule.INSTANCE,
                            ExpandGroupedTumbleRule.INSTANCE,
                            ExpandGroupedWindowRule.INSTANCE,
                            ExpandAsofJoinRule.INSTANCE)
                    .needed()
                    .alsoInSubQueries(),
            // Early, since rules look at relations and not into expressions.
            new RewriteStage("tie sub-queries", false, SubQueryRemoval::remove),
            // What is left, which is nothing but without the stage before.
            new RewriteStage("join sub-queries", true, SubQueryRemoval::removeByJoins),
            // Before columns are pruned, since a condition that moves down frees columns above.
            RewriteStage.ofRules(
                    "push filters down",
                    HepMatchOrder.TOP_DOWN,
                    exact(FilterMergeRule.Config.DEFAULT),
                    exact(FilterProjectTransposeRule.Config.DEFAULT),
                    exact(FilterIntoJoinRuleConfig.DEFAULT),
                    exact(JoinConditionPushRuleConfig.DEFAULT),
                    exact(FilterSetOpTransposeRule.Config.DEFAULT),
                    PushFilterThroughAggregateRule.INSTANCE,
                    PushFilterThroughWindowRule.WINDOWS,
                    PushFilterThroughWindowRule.SESSIONS,
                    PushFilterThroughUnnestRule.INSTANCE,
                    PushFilterThroughAsofJoinRule.INSTANCE),
            // Now that all conditions between tables are at joins, and before the columns of the joins are pruned.
            new RewriteStage("order joins", false, JoinOrder::reorder),
            // Fewer projections mean fewer copies, and the pruning below adds them where they pay.
            mergeProjections("merge projections"),
            new RewriteStage("prune columns", false, RelationalOptimizer::pruneColumns),
            // Again: pruning leaves projections above projections.
            mergeProjections("merge pruned projections"));

    private RelationalOptimizer() {}

    /** All stages in their order. */
    public static List<StageDescription> stages() {
        return STAGES.stream()
                .map(stage -> new StageDescription(stage.name(), stage.isNeeded()))
                .toList();
    }

    /**
     * The rewritten expression, of the same row type.
     *
     * @param disabled names of stages that are left out; those that are needed are not
     * @param trace is told of the result of every stage
     */
    public static RelNode optimize(RelNode query, Set<String> disabled, BiConsumer<String, RelNode> trace) {
        RelNode rewritten = query;
        for (RewriteStage stage : STAGES) {
            if (stage.isNeeded() || !disabled.contains(stage.name())) {
                rewritten = stage.rewrite().apply(rewritten);
                trace.accept(stage.name(), rewritten);
            }
        }
        return rewritten;
    }

    private static RewriteStage mergeProjections(String name) {
        return RewriteStage.ofRules(
                name,
                HepMatchOrder.TOP_DOWN,
                exact(ProjectMergeRule.Config.DEFAULT),
                exact(ProjectRemoveRule.Config.DEFAULT),
                exact(FilterMergeRule.Config.DEFAULT),
                exact(UnionMergeRule.Config.DEFAULT));
    }

    private static RelNode pruneColumns(RelNode query) {
        return new ColumnTrimmer(BUILDER.create(query.getCluster(), null)).trim(query);
    }

    /** Made from the rule's own class: to name one rule of CoreRules is to load all of them, nine hundred classes. */
    private static RelOptRule exact(RelRule.Config rule) {
        return rule.withRelBuilderFactory(BUILDER).toRule();
    }
}
