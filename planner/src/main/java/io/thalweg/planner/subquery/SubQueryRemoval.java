package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Puts joins in the place of sub-queries and of LATERAL, from the inside out. */
public final class SubQueryRemoval {
    private final boolean isTied;

    SubQueryRemoval(boolean isTied) {
        this.isTied = isTied;
    }

    /** The same query, of the same row type, without sub-queries in expressions and without correlation. */
    public static RelNode remove(RelNode query) {
        return new SubQueryRemoval(true).without(query);
    }

    /**
     * The same by the longer way: every value that a sub-query reads of the rows around it is brought into the sub-query, by a
     * join with all values that there are. What is equal to such a value is not taken for it, so that this is a check of the
     * other way.
     */
    public static RelNode removeByJoins(RelNode query) {
        return new SubQueryRemoval(false).without(query);
    }

    RelNode without(RelNode query) {
        List<RelNode> inputs = new ArrayList<>();
        boolean isChanged = false;
        for (RelNode input : query.getInputs()) {
            RelNode plain = without(input);
            inputs.add(plain);
            isChanged |= plain != input;
        }
        RelNode node = isChanged ? query.copy(query.getTraitSet(), inputs) : query;
        if (node instanceof Filter filter && holdsQuery(filter.getCondition())) {
            return filter(filter);
        } else if (node instanceof Project project
                && project.getProjects().stream().anyMatch(SubQueryRemoval::holdsQuery)) {
            return project(project);
        } else if (node instanceof Join join && holdsQuery(join.getCondition())) {
            return new OnClause(join, isTied).withoutSubQueries();
        } else if (node instanceof Correlate lateral) {
            return lateral(lateral);
        }
        return node;
    }

    static boolean holdsQuery(RexNode expression) {
        return RexUtil.SubQueryFinder.find(expression) != null;
    }

    private RelNode filter(Filter filter) {
        RexBuilder expressions = filter.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> asking = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            (holdsQuery(conjunct) ? asking : plain).add(conjunct);
        }
        RelNode input = plain.isEmpty()
                ? filter.getInput()
                : LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(expressions, plain));
        Attachment attachment = new Attachment(input, filter.getVariablesSet(), isTied);
        asking.forEach(attachment::filter);
        return firstColumns(attachment.rel(), filter.getRowType());
    }

    private RelNode project(Project project) {
        Attachment attachment = new Attachment(project.getInput(), project.getVariablesSet(), isTied);
        List<RexNode> columns = project.getProjects().stream()
                .map(attachment::withoutSubQueries)
                .toList();
        return LogicalProject.create(
                attachment.rel(), List.of(), columns, project.getRowType().getFieldNames(), Set.of());
    }

    private RelNode lateral(Correlate lateral) {
        OuterRow outer = new OuterRow(lateral.getLeft(), Set.of(lateral.getCorrelationId()), isTied);
        Grounding grounding = new Grounding(outer);
        Unnested right = new Unnesting(outer).of(lateral.getRight());
        RelNode left = lateral.getLeft();
        int shift = left.getRowType().getFieldCount();
        if (lateral.getJoinType() == JoinRelType.LEFT && !right.isTotal()) {
            Partner partner = new Partner(right, outer);
            RelNode rel =
                    grounding.join(left, partner.rows().rel(), conditions(partner.rows(), outer), JoinRelType.LEFT);
            List<RexNode> columns = new ArrayList<>(Unnested.columns(rel, 0, shift));
            columns.addAll(partner.outputs(rel, shift));
            return typed(rel, columns, lateral.getRowType());
        }
        JoinRelType type = right.isTotal() ? JoinRelType.LEFT : JoinRelType.INNER;
        RelNode rel = grounding.join(left, right.rel(), conditions(right, outer), type);
        List<RexNode> columns = new ArrayList<>(Unnested.columns(rel, 0, shift));
        for (RexNode output : right.outputs()) {
            columns.add(ofLeft(Grounding.shiftedInto(rel, output, shift), outer));
        }
        return typed(rel, columns, lateral.getRowType());
    }

    private static List<RexNode> conditions(Unnested right, OuterRow outer) {
        int shift = outer.rel().getRowType().getFieldCount();
        return right.conditions().stream()
                .map(c -> ofLeft(RexUtil.shift(c, shift), outer))
                .toList();
    }

    private static RexNode ofLeft(RexNode expression, OuterRow outer) {
        RelDataType left = outer.rel().getRowType();
        return outer.replaced(expression, field -> RexInputRef.of(field, left));
    }

    static RelNode firstColumns(RelNode rel, RelDataType type) {
        int width = type.getFieldCount();
        return rel.getRowType().getFieldCount() == width ? rel : typed(rel, Unnested.columns(rel, 0, width), type);
    }

    /** A projection of exactly a row type, which differs from that of the expressions in what may be NULL at most. */
    static RelNode typed(RelNode rel, List<RexNode> columns, RelDataType type) {
        RexBuilder expressions = rel.getCluster().getRexBuilder();
        List<RexNode> cast = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            RexNode column = columns.get(field.getIndex());
            cast.add(
                    column.getType().equals(field.getType())
                            ? column
                            : expressions.makeAbstractCast(field.getType(), column, false));
        }
        return LogicalProject.create(rel, List.of(), cast, type.getFieldNames(), Set.of());
    }
}
