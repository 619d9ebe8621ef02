package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.relation.WindowAssignment;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Turns windows in which a row can be more than once into a window node. */
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

    private static WindowNode windowNode(WindowAssignment windows, PlanNode input, long step, long size, long offset) {
        SqlType bound = input.type().type(windows.timeColumn()).notNull();
        List<Field> fields = new ArrayList<>(input.type().fields());
        fields.add(new Field("window_start", bound));
        fields.add(new Field("window_end", bound));
        return new WindowNode(input, windows.kind(), windows.timeColumn(), step, size, offset, new RowType(fields));
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
        List<String> names = new ArrayList<>(CalcComposer.names(type));
        names.add("window_time");
        return CalcComposer.project(node, columns, names);
    }

    private long interval(RexNode interval) {
        return WindowIntervals.micros(expressions.lower(interval));
    }
}
