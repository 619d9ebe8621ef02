package io.thalweg.planner.subquery;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.relation.MatchJoin;
import io.thalweg.planner.relation.WindowAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes the outer row out of a query, operator by operator from below. Conditions that read it float up as long as they
 * can; where an operator would not let them pass it works on the rows of all outer rows at once and keeps them apart by
 * the values that tie them. No sub-query is left in the query before.
 */
final class Unnesting {
    private final OuterRow outer;
    private final Grounding grounding;

    Unnesting(OuterRow outer) {
        this.outer = outer;
        this.grounding = new Grounding(outer);
    }

    /** What a query returns for the outer row. */
    Unnested of(RelNode query) {
        if (!outer.isReadBy(query)) {
            return Unnested.uncorrelated(query);
        } else if (query instanceof Filter filter) {
            return filter(filter);
        } else if (query instanceof Project project) {
            return project(project);
        } else if (query instanceof Join join) {
            return new JoinUnnesting(this, outer).of(join);
        } else if (query instanceof MatchJoin join) {
            return new JoinUnnesting(this, outer).of(join);
        } else if (query instanceof Aggregate aggregate) {
            return new AggregateUnnesting(outer).of(aggregate, rows(of(aggregate.getInput())));
        } else if (query instanceof SetOp operation) {
            return setOperation(operation);
        } else if (query instanceof WindowAssignment windows) {
            return windows(windows);
        } else if (query instanceof Sort sort) {
            return sort(sort);
        } else if (query instanceof Uncollect elements && elements.getInput() instanceof Project collections) {
            return new ElementsUnnesting(outer).of(elements, collections, rows(of(collections.getInput())));
        }
        throw refused(query.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT));
    }

    private static ThalwegException refused(String construct) {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                construct + " in a sub-query that reads columns of the query around it is not supported");
    }

    /** The same with all its rows in the relation. */
    Unnested rows(Unnested query) {
        return query.isTotal() ? grounding.ground(query, ImmutableBitSet.of()).query() : query;
    }

    private Unnested filter(Filter filter) {
        Unnested input = rows(of(filter.getInput()));
        List<RexNode> local = new ArrayList<>();
        List<RexNode> conditions = new ArrayList<>(input.conditions());
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            RexNode condition = substituted(conjunct, input.outputs());
            (outer.isReadBy(condition) ? conditions : local).add(condition);
        }
        return new Unnested(grounding.filtered(input.rel(), local), input.outputs(), conditions, false);
    }

    private Unnested project(Project project) {
        Unnested input = of(project.getInput());
        if (project.containsOver()) {
            return new PerRowUnnesting(outer).of(project, rows(input));
        }
        List<RexNode> outputs = project.getProjects().stream()
                .map(p -> substituted(p, input.outputs()))
                .toList();
        Unnested projected = input.withOutputs(outputs);
        boolean isReadable = !input.isTotal() && outer.fieldsOf(outputs).isEmpty();
        boolean isPlain = outputs.stream().allMatch(o -> o instanceof RexInputRef);
        // What is computed is computed here, where it can be, so that expressions do not grow into each other.
        return isReadable && !isPlain ? projected.materialized() : projected;
    }

    private Unnested sort(Sort sort) {
        Unnested input = of(sort.getInput());
        // An order alone means nothing inside of a query.
        return sort.fetch == null && sort.offset == null ? input : new PerRowUnnesting(outer).of(sort, rows(input));
    }

    /** An expression with other expressions in the place of the columns that it reads. */
    static RexNode substituted(RexNode expression, List<RexNode> columns) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
                return columns.get(column.getIndex());
            }
        });
    }

    private Unnested windows(WindowAssignment windows) {
        Unnested input = rows(of(windows.getInput()));
        if (!outer.fieldsOf(input.outputs()).isEmpty()) {
            input = grounding.ground(input, ImmutableBitSet.of()).query();
        }
        input = input.materialized();
        RelNode rel = windows.over(input.rel(), windows.timeColumn());
        int size = rel.getRowType().getFieldCount();
        List<RexNode> outputs = new ArrayList<>(input.outputs());
        outputs.addAll(Unnested.columns(rel, size - WindowAssignment.WINDOW_COLUMNS, size));
        return new Unnested(rel, outputs, input.conditions(), false);
    }

    /** The rows of the inputs with the values that tie them, which are the same in rows that are. */
    private Unnested setOperation(SetOp operation) {
        List<Unnested> inputs = operation.getInputs().stream().map(this::of).toList();
        ImmutableBitSet fields = ImmutableBitSet.of();
        for (Unnested input : inputs) {
            fields = fields.union(outer.fieldsOf(input.conditions())).union(outer.fieldsOf(input.outputs()));
        }
        List<RelNode> tied = new ArrayList<>();
        for (Unnested input : inputs) {
            tied.add(grounding.withColumns(input, fields));
        }
        RelNode rel = operation.copy(operation.getTraitSet(), tied);
        int width = operation.getRowType().getFieldCount();
        return new Unnested(rel, Unnested.columns(rel, 0, width), grounding.ties(rel, width, fields), false);
    }
}
