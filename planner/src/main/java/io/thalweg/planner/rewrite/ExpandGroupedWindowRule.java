package io.thalweg.planner.rewrite;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.planner.function.ThalwegOperators;
import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.WindowAssignment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts windows below a GROUP BY that names the bounds of a hopping window or a session. What else is grouped by are the
 * keys of the session.
 *
 * <pre>
 * Aggregate(0, 1, 2)                          Aggregate(0, 1, 2)
 *   Project(k, SESSION_START(ts, g),    ->      Project(k, window_start, window_end)
 *           SESSION_END(ts, g))                   Sessions of ts by k
 * </pre>
 */
final class ExpandGroupedWindowRule extends RelRule<RuleConfig> {
    static final ExpandGroupedWindowRule INSTANCE = new ExpandGroupedWindowRule();

    private static final Set<SqlOperator> BOUNDS = Set.of(
            ThalwegOperators.HOP_START,
            ThalwegOperators.HOP_END,
            ThalwegOperators.SESSION_START,
            ThalwegOperators.SESSION_END);

    private ExpandGroupedWindowRule() {
        super(RuleConfig.matching(
                b -> b.operand(LogicalAggregate.class)
                        .oneInput(p -> p.operand(LogicalProject.class).anyInputs()),
                "ExpandGroupedWindowRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAggregate aggregate = call.rel(0);
        LogicalProject project = call.rel(1);
        List<RexCall> bounds = boundsIn(project.getProjects());
        if (bounds.isEmpty()) {
            return;
        }
        RexCall window = bounds.get(0);
        if (bounds.stream().anyMatch(other -> !isSameWindow(window, other))) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "more than one window in a GROUP BY is not supported");
        }
        List<RexNode> keys = new ArrayList<>();
        for (int group : aggregate.getGroupSet()) {
            RexNode expression = project.getProjects().get(group);
            if (boundsIn(List.of(expression)).isEmpty()) {
                keys.add(expression);
            }
        }
        RelNode windows = windows(window, keys, project.getInput());
        Replacement bound = new Replacement(windows);
        RelNode columns = LogicalProject.create(
                windows, List.of(), bound.apply(project.getProjects()), project.getRowType(), Set.of());
        call.transformTo(aggregate.copy(aggregate.getTraitSet(), List.of(columns)));
    }

    private static List<RexCall> boundsIn(List<RexNode> expressions) {
        Set<RexCall> bounds = new LinkedHashSet<>();
        RexVisitorImpl<@Nullable Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                if (BOUNDS.contains(call.getOperator())) {
                    bounds.add(call);
                }
                return super.visitCall(call);
            }
        };
        finder.visitEach(expressions);
        return List.copyOf(bounds);
    }

    private static boolean isSession(RexCall bound) {
        return bound.getOperator().equals(ThalwegOperators.SESSION_START)
                || bound.getOperator().equals(ThalwegOperators.SESSION_END);
    }

    private static boolean isSameWindow(RexCall window, RexCall other) {
        return isSession(window) == isSession(other) && window.getOperands().equals(other.getOperands());
    }

    /** The windows of the input, which has columns for the keys of a session and for the time. */
    private static RelNode windows(RexCall window, List<RexNode> keys, RelNode input) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
            columns.add(RexInputRef.of(i, input.getRowType()));
        }
        List<Integer> keyColumns = new ArrayList<>();
        for (RexNode key : isSession(window) ? keys : List.<RexNode>of()) {
            keyColumns.add(columnOf(key, columns));
        }
        int time = columnOf(window.getOperands().get(0), columns);
        RelNode prepared = columns.size() == input.getRowType().getFieldCount()
                ? input
                : LogicalProject.create(input, List.of(), columns, (List<String>) null, Set.of());
        if (isSession(window)) {
            return new SessionAssignment(
                    prepared, keyColumns, time, window.getOperands().get(1));
        }
        List<RexNode> intervals = new ArrayList<>(
                window.getOperands().subList(1, window.getOperands().size()));
        if (intervals.size() < 3) {
            intervals.add(ExpandWindowFunctionRule.noOffset(input.getCluster().getRexBuilder()));
        }
        return new WindowAssignment(prepared, WindowNode.Kind.HOP, time, intervals);
    }

    /** Where an expression is among columns, to which it is added if it is not. */
    private static int columnOf(RexNode expression, List<RexNode> columns) {
        if (!columns.contains(expression)) {
            columns.add(expression);
        }
        return columns.indexOf(expression);
    }

    /** Columns of the window in the place of the functions that name them. */
    private static final class Replacement extends RexShuttle {
        private final RelNode windows;
        private final RexBuilder expressions;

        Replacement(RelNode windows) {
            this.windows = windows;
            this.expressions = windows.getCluster().getRexBuilder();
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (!BOUNDS.contains(call.getOperator())) {
                return super.visitCall(call);
            }
            boolean isStart = call.getOperator().equals(ThalwegOperators.HOP_START)
                    || call.getOperator().equals(ThalwegOperators.SESSION_START);
            int first = windows.getRowType().getFieldCount() - WindowAssignment.WINDOW_COLUMNS;
            RexNode column = RexInputRef.of(first + (isStart ? 0 : 1), windows.getRowType());
            return expressions.makeAbstractCast(call.getType(), column, false);
        }
    }
}
