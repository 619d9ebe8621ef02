package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.function.ThalwegOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Turns a filter into a condition over each row and, in a query that does not end, into filters that follow the clock:
 * {@code e > NOW() - c} holds until the time has reached {@code e + c}, {@code e < NOW() - c} from that moment on.
 */
final class FilterLowering {
    private static final Set<SqlOperator> NOW =
            Set.of(ThalwegOperators.NOW, ThalwegOperators.CURRENT_TIMESTAMP, ThalwegOperators.LOCALTIMESTAMP);
    private static final Set<SqlOperator> CURRENT = Set.of(
            ThalwegOperators.NOW,
            ThalwegOperators.CURRENT_TIMESTAMP,
            ThalwegOperators.LOCALTIMESTAMP,
            ThalwegOperators.CURRENT_TIME,
            ThalwegOperators.LOCALTIME,
            SqlStdOperatorTable.CURRENT_DATE);

    private final ExpressionLowering expressions;

    FilterLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    /** A comparison of a time of the row with the current one: as soon as that has reached the time and the offset. */
    private record Bound(RexNode time, long offsetMicros, boolean isEnd) {}

    PlanNode lower(Filter filter, PlanNode input) {
        if (!expressions.currentTime().moves() || !asksForTime(filter.getCondition())) {
            return CalcComposer.filter(input, expressions.lower(filter.getCondition()));
        }
        List<Bound> begins = new ArrayList<>();
        List<Bound> ends = new ArrayList<>();
        PlanNode rows = input;
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            if (asksForTime(condition)) {
                Bound bound = bound(condition);
                (bound.isEnd() ? ends : begins).add(bound);
            } else {
                rows = CalcComposer.filter(rows, expressions.lower(condition));
            }
        }
        for (int i = 0; i < Math.max(begins.size(), ends.size()); i++) {
            rows = follow(
                    rows,
                    i < begins.size() ? Optional.of(begins.get(i)) : Optional.empty(),
                    i < ends.size() ? Optional.of(ends.get(i)) : Optional.empty());
        }
        return rows;
    }

    private static boolean asksForTime(RexNode expression) {
        boolean[] found = {false};
        expression.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= CURRENT.contains(call.getOperator());
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    /** The rows while the clock is between the bounds. */
    private PlanNode follow(PlanNode rows, Optional<Bound> begin, Optional<Bound> end) {
        List<ScalarExpression> columns = new ArrayList<>(CalcComposer.identity(rows.type()));
        List<String> names = new ArrayList<>(CalcComposer.names(rows.type()));
        int width = columns.size();
        Optional<CloseTime> from = begin.map(bound -> column(bound, columns, names));
        Optional<CloseTime> until = end.map(bound -> column(bound, columns, names));
        PlanNode timed = columns.size() == width ? rows : CalcComposer.project(rows, columns, names);
        String zone = expressions.currentTime().zone().getId();
        PlanNode filtered = new NowFilterNode(timed, from, until, zone, timed.type());
        return columns.size() == width
                ? filtered
                : CalcComposer.project(filtered, CalcComposer.identity(rows.type()), CalcComposer.names(rows.type()));
    }

    private CloseTime column(Bound bound, List<ScalarExpression> columns, List<String> names) {
        ScalarExpression time = expressions.lower(bound.time());
        if (time.type().name() != TypeName.TIMESTAMP) {
            throw notComparable();
        }
        if (time instanceof ColumnReference column) {
            return new CloseTime(column.column(), bound.offsetMicros());
        }
        columns.add(time);
        names.add("$time" + columns.size());
        return new CloseTime(columns.size() - 1, bound.offsetMicros());
    }

    private Bound bound(RexNode condition) {
        if (!(condition instanceof RexCall comparison)
                || comparison.getOperands().size() != 2) {
            throw notComparable();
        }
        boolean nowIsLeft = asksForTime(comparison.getOperands().get(0));
        RexNode time = comparison.getOperands().get(nowIsLeft ? 1 : 0);
        if (asksForTime(time)) {
            throw notComparable();
        }
        long offset = -offsetOf(comparison.getOperands().get(nowIsLeft ? 0 : 1));
        SqlKind kind = nowIsLeft ? comparison.getKind().reverse() : comparison.getKind();
        return switch (kind) {
            case GREATER_THAN -> new Bound(time, offset, true);
            case GREATER_THAN_OR_EQUAL -> new Bound(time, offset + 1, true);
            case LESS_THAN -> new Bound(time, offset + 1, false);
            case LESS_THAN_OR_EQUAL -> new Bound(time, offset, false);
            default -> throw notComparable();
        };
    }

    /** What is added to the current time. */
    private long offsetOf(RexNode now) {
        if (!(now instanceof RexCall call)) {
            throw notComparable();
        }
        if (NOW.contains(call.getOperator()) && call.getType().getPrecision() >= 6) {
            return 0;
        }
        boolean minus = call.getKind() == SqlKind.MINUS;
        if ((minus || call.getKind() == SqlKind.PLUS) && call.getOperands().size() == 2) {
            boolean nowIsFirst = asksForTime(call.getOperands().get(0));
            if (nowIsFirst || !minus) {
                long micros = microsOf(call.getOperands().get(nowIsFirst ? 1 : 0));
                return offsetOf(call.getOperands().get(nowIsFirst ? 0 : 1)) + (minus ? -micros : micros);
            }
        }
        throw notComparable();
    }

    private long microsOf(RexNode interval) {
        if (expressions.lower(interval) instanceof Literal literal
                && literal.type().name() == TypeName.INTERVAL_MICROS
                && literal.value() instanceof Long micros) {
            return micros;
        }
        throw notComparable();
    }

    private ThalwegException notComparable() {
        return new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "the current time is not supported at this place of a query that does not end")
                .withHint(
                        "It can be compared with a TIMESTAMP in WHERE, with a constant interval of days to seconds added to it:"
                                + " WHERE ts > NOW() - INTERVAL '1' HOUR.");
    }
}
