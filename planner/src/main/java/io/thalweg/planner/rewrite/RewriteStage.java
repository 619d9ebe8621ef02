package io.thalweg.planner.rewrite;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * One named step of the optimizer.
 *
 * @param name for traces, and to switch it off by
 * @param isNeeded whether there is no plan, or not the right one, without it; otherwise it only makes the plan a better one
 */
record RewriteStage(String name, boolean isNeeded, UnaryOperator<RelNode> rewrite) {
    /** A bound on what rules may do to each other; a query within our limits stays far below it. */
    private static final int MAX_MATCHES = 20_000;

    /** A stage that applies rules until none matches. */
    static RewriteStage ofRules(String name, HepMatchOrder order, RelOptRule... rules) {
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MAX_MATCHES)
                .addMatchOrder(order)
                .addRuleCollection(List.of(rules))
                .build();
        return new RewriteStage(name, false, rel -> {
            Context context = rel.getCluster().getPlanner().getContext();
            HepPlanner planner = new HepPlanner(program, context);
            planner.setRoot(rel);
            return planner.findBestExp();
        });
    }

    RewriteStage needed() {
        return new RewriteStage(name, true, rewrite);
    }

    /** The same stage for the sub-queries in expressions, too, which rules do not see. */
    RewriteStage alsoInSubQueries() {
        return new RewriteStage(name, isNeeded, this::rewriteInside);
    }

    private RelNode rewriteInside(RelNode query) {
        RelNode inside = query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                return super.visit(node).accept(new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery subQuery) {
                        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
                        return visited.clone(rewriteInside(visited.rel));
                    }
                });
            }
        });
        return rewrite.apply(inside);
    }
}
