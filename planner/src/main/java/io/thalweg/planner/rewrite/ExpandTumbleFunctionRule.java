package io.thalweg.planner.rewrite;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.function.ThalwegOperators;
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
 * Puts plain columns in the place of {@code TABLE(TUMBLE(...))}: the bounds of the window of each row that has a time. A
 * row is in exactly one tumbling window, so this is a projection, and every rule for projections applies to it.
 */
final class ExpandTumbleFunctionRule extends RelRule<RuleConfig> {
    static final ExpandTumbleFunctionRule INSTANCE = new ExpandTumbleFunctionRule();

    private ExpandTumbleFunctionRule() {
        super(RuleConfig.matching(
                b -> b.operand(LogicalTableFunctionScan.class).anyInputs(), "ExpandTumbleFunctionRule"));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalTableFunctionScan scan = call.rel(0);
        if (scan.getInputs().size() != 1
                || !(scan.getCall() instanceof RexCall window)
                || !window.getOperator().equals(ThalwegOperators.TUMBLE)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a table function other than TUMBLE is not supported");
        }
        RelNode input = scan.getInput(0);
        RexBuilder expressions = scan.getCluster().getRexBuilder();
        RexNode time = timeColumn(window, input);
        RexNode hasTime = expressions.makeCall(SqlStdOperatorTable.IS_NOT_NULL, time);
        RelNode timed = time.getType().isNullable() ? LogicalFilter.create(input, hasTime) : input;

        List<RexNode> bounds = new ArrayList<>();
        bounds.add(time);
        bounds.add(window.getOperands().get(1));
        bounds.add(window.getOperands().size() > 2 ? window.getOperands().get(2) : noOffset(expressions));
        List<RexNode> columns = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            columns.add(RexInputRef.of(field.getIndex(), input.getRowType()));
        }
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_START, bounds));
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_END, bounds));
        columns.add(expressions.makeCall(ThalwegOperators.WINDOW_TIME, bounds));
        call.transformTo(LogicalProject.create(timed, List.of(), columns, scan.getRowType(), Set.of()));
    }

    /** Calcite leaves the table itself out of the operands: they are the descriptor, the size and the offset. */
    private static RexNode timeColumn(RexCall window, RelNode input) {
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
