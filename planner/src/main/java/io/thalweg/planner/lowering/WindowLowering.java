package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.WindowAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/** Turns windows that are no projections into their nodes. */
final class WindowLowering {
    private final ExpressionLowering expressions;

    WindowLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    /** @param input what the assignment's input was lowered to */
    PlanNode lower(WindowAssignment windows, PlanNode input) {
        long step = interval(windows.step());
        long size = interval(windows.size());
        String name = windows.kind().name();
        WindowIntervals.checkPositive(step, windows.kind() == WindowNode.Kind.HOP ? "slide" : "step", name);
        WindowIntervals.checkPositive(size, "size", name);
        if (windows.kind() == WindowNode.Kind.CUMULATE && size % step != 0) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE, "the size of CUMULATE is not a multiple of its step");
        }
        if (WindowNode.windows(step, size) > WindowNode.MAX_WINDOWS) {
            throw new ThalwegException(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "a row would be in more than " + WindowNode.MAX_WINDOWS + " windows of " + name);
        }
        long period = windows.kind() == WindowNode.Kind.HOP ? step : size;
        long offset = Math.floorMod(interval(windows.offset()), period);
        return withWindowColumns(windowNode(windows, input, step, size, offset));
    }

    /** @param input what the assignment's input was lowered to */
    PlanNode lower(SessionAssignment sessions, PlanNode input) {
        long gap = interval(sessions.gap());
        WindowIntervals.checkPositive(gap, "gap", "SESSION");
        RowType type = withBounds(input.type(), sessions.timeColumn());
        PlanNode node = new SessionNode(input, sessions.keys(), sessions.timeColumn(), gap, Optional.empty(), type);
        List<ScalarExpression> columns = new ArrayList<>(CalcComposer.identity(type));
        int end = columns.size() - 1;
        columns.add(WindowIntervals.shifted(columns.get(end), -WindowIntervals.unit(type.type(end))));
        return CalcComposer.project(node, columns, windowNames(type));
    }

    private static WindowNode windowNode(WindowAssignment windows, PlanNode input, long step, long size, long offset) {
        RowType type = withBounds(input.type(), windows.timeColumn());
        return new WindowNode(input, windows.kind(), windows.timeColumn(), step, size, offset, type);
    }

    private static RowType withBounds(RowType input, int timeColumn) {
        SqlType bound = input.type(timeColumn).notNull();
        List<Field> fields = new ArrayList<>(input.fields());
        fields.add(new Field("window_start", bound));
        fields.add(new Field("window_end", bound));
        return new RowType(fields);
    }

    private static List<String> windowNames(RowType type) {
        List<String> names = new ArrayList<>(CalcComposer.names(type));
        names.add("window_time");
        return names;
    }

    /** The end of a hopping window is told by its start, which shows later stages that either of them will do. */
    private static PlanNode withWindowColumns(WindowNode node) {
        RowType type = node.type();
        List<ScalarExpression> columns = new ArrayList<>(CalcComposer.identity(type));
        int start = columns.size() - 2;
        int end = columns.size() - 1;
        long unit = WindowIntervals.unit(type.type(end));
        if (node.kind() == WindowNode.Kind.HOP) {
            columns.set(end, WindowIntervals.shifted(columns.get(start), node.sizeMicros()));
            columns.add(WindowIntervals.shifted(columns.get(start), node.sizeMicros() - unit));
        } else {
            columns.add(WindowIntervals.shifted(columns.get(end), -unit));
        }
        return CalcComposer.project(node, columns, windowNames(type));
    }

    private long interval(RexNode interval) {
        return WindowIntervals.micros(expressions.lower(interval));
    }
}
