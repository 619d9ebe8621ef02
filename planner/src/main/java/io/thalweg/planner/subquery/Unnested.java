package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What a correlated query returns for one row, told without correlation: those rows of a relation for which all conditions
 * hold. The conditions and the outputs read the columns of the relation and those of the outer row.
 *
 * @param rel reads no outer row
 * @param outputs the columns that the query returns, each from one row of the relation
 * @param conditions that tie the rows of the relation to the outer row
 * @param isTotal whether there is always exactly one row: where none of the relation fits, the outputs over NULLs. No more
 *     than one fits then
 */
record Unnested(RelNode rel, List<RexNode> outputs, List<RexNode> conditions, boolean isTotal) {
    Unnested {
        outputs = List.copyOf(outputs);
        conditions = List.copyOf(conditions);
    }

    /** A query that reads no outer row. */
    static Unnested uncorrelated(RelNode rel) {
        return new Unnested(rel, columns(rel, 0, rel.getRowType().getFieldCount()), List.of(), false);
    }

    /** Some columns of a relation as expressions. */
    static List<RexNode> columns(RelNode rel, int from, int to) {
        return IntStream.range(from, to)
                .<RexNode>mapToObj(i -> RexInputRef.of(i, rel.getRowType()))
                .toList();
    }

    /** The same with the outputs as the first columns of the relation. They read no outer row, and all rows are there. */
    Unnested materialized() {
        List<RexNode> columns = new ArrayList<>(outputs);
        Map<Integer, RexNode> kept = new LinkedHashMap<>();
        for (RexNode condition : conditions) {
            for (int column : RelOptUtil.InputFinder.bits(condition)) {
                RexNode reference = RexInputRef.of(column, rel.getRowType());
                int known = columns.indexOf(reference);
                kept.putIfAbsent(column, new RexInputRef(known < 0 ? columns.size() : known, reference.getType()));
                if (known < 0) {
                    columns.add(reference);
                }
            }
        }
        RelNode project = project(rel, columns);
        List<RexNode> renumbered = conditions.stream()
                .map(c -> c.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return Objects.requireNonNull(kept.get(column.getIndex()));
                    }
                }))
                .toList();
        return new Unnested(project, columns(project, 0, outputs.size()), renumbered, false);
    }

    /** A projection that keeps the names of columns. */
    static RelNode project(RelNode rel, List<RexNode> columns) {
        List<@Nullable String> names = new ArrayList<>();
        for (RexNode column : columns) {
            names.add(
                    column instanceof RexInputRef reference
                            ? rel.getRowType().getFieldNames().get(reference.getIndex())
                            : null);
        }
        return LogicalProject.create(rel, List.of(), columns, names, Set.of());
    }

    Unnested withOutputs(List<RexNode> others) {
        return new Unnested(rel, others, conditions, isTotal);
    }
}
