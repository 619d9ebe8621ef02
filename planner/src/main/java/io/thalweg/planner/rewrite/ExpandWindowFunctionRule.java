package io.thalweg.planner.rewrite;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.planner.function.ThalwegOperators;
import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.WindowAssignment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Puts what they compute in the place of {@code TABLE(TUMBLE(...))} and its like. A row is in exactly one tumbling window, so
 * that is a projection, and every rule for projections applies to it; the other windows are a {@link WindowAssignment}.
 */
final class ExpandWindowFunctionRule extends RelRule<RuleConfig> {
    static final ExpandWindowFunctionRule INSTANCE = new ExpandWindowFunctionRule();

    private ExpandWindowFunctionRule() {
        super(RuleConfig.matching(
                b -> b.operand(LogicalTableFunctionScan.class).anyInputs(), "ExpandWindowFunctionRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalTableFunctionScan scan = call.rel(0);
        if (scan.getInputs().size() != 1 || !(scan.getCall() instanceof RexCall window)) {
            throw notAWindow();
        }
        if (window.getOperator().equals(ThalwegOperators.TUMBLE)) {
            call.transformTo(tumbling(scan, window));
        } else if (window.getOperator().equals(ThalwegOperators.HOP)) {
            call.transformTo(overlapping(scan, window, WindowNode.Kind.HOP));
        } else if (window.getOperator().equals(ThalwegOperators.CUMULATE)) {
            call.transformTo(overlapping(scan, window, WindowNode.Kind.CUMULATE));
        } else if (window.getOperator().equals(ThalwegOperators.SESSION)) {
            call.transformTo(sessions(scan, window));
        } else {
            throw notAWindow();
        }
    }

    private static ThalwegException notAWindow() {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "a table function other than a window function is not supported");
    }

    private static RelNode tumbling(LogicalTableFunctionScan scan, RexCall window) {
        RelNode input = scan.getInput(0);
        RexBuilder expressions = scan.getCluster().getRexBuilder();
        RexInputRef time = timeColumn(window, input);
        RexNode hasTime = expressions.makeCall(SqlStdOperatorTable.IS_NOT_NULL, time);
        RelNode timed = time.getType().isNullable() ? LogicalFilter.create(input, hasTime) : input;

        List<RexNode> bounds = new ArrayList<>();
        bounds.add(time);
        bounds.addAll(intervals(window, 2, expressions));
        List<RexNode> columns = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            columns.add(RexInputRef.of(field.getIndex(), input.getRowType()));
        }
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_START, bounds));
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_END, bounds));
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_TIME, bounds));
        return LogicalProject.create(timed, List.of(), columns, scan.getRowType(), Set.of());
    }

    private static RelNode overlapping(LogicalTableFunctionScan scan, RexCall window, WindowNode.Kind kind) {
        RelNode input = scan.getInput(0);
        List<RexNode> intervals = intervals(window, 3, scan.getCluster().getRexBuilder());
        return new WindowAssignment(input, kind, timeColumn(window, input).getIndex(), intervals);
    }

    private static RelNode sessions(LogicalTableFunctionScan scan, RexCall window) {
        RelNode input = scan.getInput(0);
        List<Integer> keys = new ArrayList<>();
        if (window.getOperands().size() > 2 && window.getOperands().get(2) instanceof RexCall descriptor) {
            descriptor.getOperands().forEach(key -> keys.add(((RexInputRef) key).getIndex()));
        }
        RexNode gap = window.getOperands().get(1);
        return new SessionAssignment(input, keys, timeColumn(window, input).getIndex(), gap);
    }

    /** The intervals of a window, with an offset of nothing if there is none. */
    private static List<RexNode> intervals(RexCall window, int count, RexBuilder expressions) {
        List<RexNode> intervals = new ArrayList<>(
                window.getOperands().subList(1, window.getOperands().size()));
        if (intervals.size() < count) {
            intervals.add(noOffset(expressions));
        }
        return intervals;
    }

    /** Calcite leaves the table itself out of the operands: they are the descriptor and the intervals. */
    private static RexInputRef timeColumn(RexCall window, RelNode input) {
        RexNode descriptor = window.getOperands().get(0);
        if (descriptor.getKind() == SqlKind.DESCRIPTOR
                && descriptor instanceof RexCall columns
                && columns.getOperands().size() == 1
                && columns.getOperands().get(0) instanceof RexInputRef time) {
            return RexInputRef.of(time.getIndex(), input.getRowType());
        }
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "a DESCRIPTOR that does not name one column is not supported");
    }

    static RexNode noOffset(RexBuilder expressions) {
        SqlIntervalQualifier seconds = new SqlIntervalQualifier(TimeUnit.SECOND, null, SqlParserPos.ZERO);
        return expressions.makeIntervalLiteral(BigDecimal.ZERO, seconds);
    }
}
