package io.thalweg.planner.lowering;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;

/**
 * Turns projections with window functions into nodes. Below them stands a projection with the columns that they need, above
 * them one that computes the result. A rank that a filter bounds becomes a Top-N.
 */
final class OverLowering {
    private final ExpressionLowering expressions;

    OverLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    /** The projection over its lowered input. */
    PlanNode lower(Project project, PlanNode input) {
        OverCalls calls = new OverCalls(project.getProjects());
        List<String> names = project.getRowType().getFieldNames();
        if (calls.all().isEmpty()) {
            List<ScalarExpression> plain =
                    project.getProjects().stream().map(expressions::lower).toList();
            return CalcComposer.project(input, plain, names);
        }
        OverColumns columns = new OverColumns(calls, expressions, input);
        PlanNode computed = over(calls, calls.all(), columns, columns.project(input));
        return CalcComposer.project(computed, columns.results(computed.type()), names);
    }

    /** The filter over the projection below it, if a condition of it bounds a rank; otherwise nothing. */
    Optional<PlanNode> lowerRanked(Filter filter, Project project, PlanNode input) {
        OverCalls calls = new OverCalls(project.getProjects());
        Optional<RankCondition> found = RankCondition.find(filter.getCondition(), calls, expressions);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RankCondition condition = found.get();
        List<String> names = project.getRowType().getFieldNames();
        OverColumns columns = new OverColumns(calls, expressions, input);
        // The other functions see all rows, so they come first.
        List<RexOver> others = calls.all();
        others.remove(condition.rank());
        PlanNode computed = over(calls, others, columns, columns.project(input));
        PlanNode ranked = topN(condition, columns, computed);
        columns.replace(condition.rank(), ranked.type().size() - 1);
        PlanNode projected = CalcComposer.project(ranked, columns.results(ranked.type()), names);
        if (condition.range().isEmpty()) {
            return Optional.of(new ValuesNode(List.of(), projected.type()));
        }
        PlanNode rest = projected;
        for (RexNode conjunct : condition.rest()) {
            rest = CalcComposer.filter(rest, expressions.lower(conjunct));
        }
        return Optional.of(rest);
    }

    /** One node for each partition and order of the functions. */
    private static PlanNode over(OverCalls calls, List<RexOver> wanted, OverColumns columns, PlanNode input) {
        Map<List<List<?>>, List<RexOver>> byOrder = new LinkedHashMap<>();
        for (RexOver over : wanted) {
            RexWindow window = over.getWindow();
            byOrder.computeIfAbsent(
                            List.of(partition(window, columns), sortKeys(window, columns)), order -> new ArrayList<>())
                    .add(over);
        }
        PlanNode node = input;
        for (List<RexOver> alike : byOrder.values()) {
            RexWindow window = alike.get(0).getWindow();
            List<SortKey> keys = sortKeys(window, columns);
            AggregateInput read = new AggregateInput(node);
            List<OverCall> lowered = alike.stream()
                    .map(over -> new OverCallLowering(columns, keys, read).lower(over, calls.mayBeNull(over)))
                    .toList();
            PlanNode source = read.node();
            List<Field> fields = new ArrayList<>(source.type().fields());
            for (int i = 0; i < lowered.size(); i++) {
                columns.replace(alike.get(i), fields.size());
                fields.add(new Field("$over" + fields.size(), lowered.get(i).type()));
            }
            List<Integer> partition = partition(window, columns);
            node = new OverNode(
                    source, partition, keys, lowered, Optional.empty(), OptionalLong.empty(), new RowType(fields));
        }
        return node;
    }

    private static PlanNode topN(RankCondition condition, OverColumns columns, PlanNode input) {
        List<Field> fields = new ArrayList<>(input.type().fields());
        fields.add(new Field("$rank", SqlType.BIGINT.notNull()));
        RexWindow window = condition.rank().getWindow();
        return new TopNNode(
                input,
                partition(window, columns),
                sortKeys(window, columns),
                condition.range().orElse(RankRange.rows(0, 1)),
                true,
                Optional.empty(),
                new RowType(fields));
    }

    private static List<Integer> partition(RexWindow window, OverColumns columns) {
        return window.partitionKeys.stream().map(columns::of).distinct().toList();
    }

    private static List<SortKey> sortKeys(RexWindow window, OverColumns columns) {
        List<SortKey> keys = new ArrayList<>();
        for (RexFieldCollation key : window.orderKeys) {
            keys.add(new SortKey(
                    columns.of(key.left),
                    key.getDirection().isDescending(),
                    key.getNullDirection() == NullDirection.FIRST));
        }
        return keys;
    }
}
