package io.thalweg.planner.rewrite;

import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Puts the start of the window in the place of {@code TUMBLE(time, size)} below a GROUP BY, and drops rows without a time,
 * which the older form of windows must not group under NULL.
 */
final class ExpandGroupedTumbleRule extends RelRule<RuleConfig> {
    static final ExpandGroupedTumbleRule INSTANCE = new ExpandGroupedTumbleRule();

    private ExpandGroupedTumbleRule() {
        super(RuleConfig.matching(b -> b.operand(LogicalProject.class).anyInputs(), "ExpandGroupedTumbleRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalProject project = call.rel(0);
        List<RexNode> times = timesOf(project);
        if (times.isEmpty()) {
            return;
        }
        RexBuilder expressions = project.getCluster().getRexBuilder();
        RelNode input = project.getInput();
        for (RexNode time : times) {
            input = LogicalFilter.create(input, expressions.makeCall(SqlStdOperatorTable.IS_NOT_NULL, time));
        }
        Expansion expansion = new Expansion(expressions);
        List<RexNode> columns = expansion.apply(project.getProjects());
        call.transformTo(LogicalProject.create(input, List.of(), columns, project.getRowType(), Set.of()));
    }

    private static List<RexNode> timesOf(LogicalProject project) {
        List<RexNode> times = new ArrayList<>();
        RexVisitorImpl<@Nullable Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                if (call.getOperator().equals(SqlStdOperatorTable.TUMBLE_OLD)) {
                    times.add(call.getOperands().get(0));
                }
                return super.visitCall(call);
            }
        };
        finder.visitEach(project.getProjects());
        return times;
    }

    private static final class Expansion extends RexShuttle {
        private final RexBuilder expressions;

        Expansion(RexBuilder expressions) {
            this.expressions = expressions;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (!call.getOperator().equals(SqlStdOperatorTable.TUMBLE_OLD)) {
                return super.visitCall(call);
            }
            List<RexNode> bounds = new ArrayList<>(call.getOperands().subList(0, 2));
            bounds.add(
                    call.getOperands().size() > 2
                            ? call.getOperands().get(2)
                            : ExpandWindowFunctionRule.noOffset(expressions));
            RexNode start = expressions.makeCall(ThalwegOperators.WINDOW_START, bounds);
            return expressions.makeAbstractCast(call.getType(), start, false);
        }
    }
}
