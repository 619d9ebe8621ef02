package io.thalweg.planner.rewrite;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.relation.Unnesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Replaces Calcite's loops over the elements of a collection by {@link Unnesting}. Runs before anything else looks at loops.
 *
 * <pre>
 * Correlate                              Project(rows, expressions)
 *   rows                                   Filter
 *   Project(expressions)            ->       Unnesting(collection of the row)
 *     Filter                                   rows
 *       Uncollect
 *         Project(collection of the row)
 * </pre>
 */
final class UnnestExpansion extends RelHomogeneousShuttle {
    private UnnestExpansion() {}

    static RelNode expand(RelNode query) {
        return query.accept(new UnnestExpansion());
    }

    @Override
    public RelNode visit(RelNode rel) {
        RelNode expanded = super.visit(rel);
        if (expanded instanceof Correlate correlate && endsInUncollect(correlate.getRight())) {
            return new Loop(correlate).expanded();
        }
        return expanded instanceof Uncollect uncollect && !isCorrelated(uncollect.getInput())
                ? alone(uncollect)
                : expanded;
    }

    private static boolean endsInUncollect(RelNode rel) {
        RelNode end = rel;
        while (end instanceof Project || end instanceof Filter) {
            end = end.getInput(0);
        }
        return end instanceof Uncollect;
    }

    /** Whether the collection is one of an outer row, which the loop around it will tell. */
    private static boolean isCorrelated(RelNode input) {
        return input instanceof Project project
                && project.getInput() instanceof Values
                && project.getProjects().stream().anyMatch(UnnestExpansion::hasVariable);
    }

    private static boolean hasVariable(RexNode expression) {
        boolean[] found = {false};
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] = true;
                return variable;
            }
        });
        return found[0];
    }

    private static RelNode alone(Uncollect uncollect) {
        RelNode input = uncollect.getInput();
        checkOne(uncollect);
        Unnesting unnesting = new Unnesting(
                input, RexInputRef.of(0, input.getRowType()), false, uncollect.withOrdinality, uncollect.getRowType());
        List<RexNode> elements =
                columns(unnesting).subList(1, unnesting.getRowType().getFieldCount());
        return LogicalProject.create(
                unnesting, List.of(), elements, uncollect.getRowType().getFieldNames(), Set.of());
    }

    private static void checkOne(Uncollect uncollect) {
        if (uncollect.getInput().getRowType().getFieldCount() > 1) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST of more than one collection is not supported");
        }
    }

    private static List<RexNode> columns(RelNode rel) {
        return IntStream.range(0, rel.getRowType().getFieldCount())
                .<RexNode>mapToObj(i -> RexInputRef.of(i, rel.getRowType()))
                .toList();
    }

    /** One loop on its way to an unnesting. */
    private static final class Loop {
        private final Correlate correlate;
        private final RelNode rows;
        private final int rowColumns;
        private final boolean outer;

        Loop(Correlate correlate) {
            this.correlate = correlate;
            this.rows = correlate.getLeft();
            this.rowColumns = rows.getRowType().getFieldCount();
            this.outer = correlate.getJoinType() == JoinRelType.LEFT;
            if (!outer && correlate.getJoinType() != JoinRelType.INNER) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST in a sub-query of this kind is not supported");
            }
        }

        RelNode expanded() {
            RelNode expanded = expand(correlate.getRight());
            return LogicalProject.create(
                    expanded,
                    List.of(),
                    columns(expanded),
                    correlate.getRowType().getFieldNames(),
                    Set.of());
        }

        /** The right side of the loop behind the columns of the left. */
        private RelNode expand(RelNode right) {
            if (right instanceof Uncollect uncollect) {
                return unnesting(uncollect);
            }
            RelNode input = expand(right.getInput(0));
            if (right instanceof Filter filter) {
                if (outer && !filter.getCondition().isAlwaysTrue()) {
                    throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "LEFT JOIN UNNEST with a condition is not supported");
                }
                return LogicalFilter.create(input, moved(filter.getCondition(), input));
            }
            Project project = (Project) right;
            if (outer && !project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "LEFT JOIN of expressions over UNNEST is not supported");
            }
            List<RexNode> columns = new ArrayList<>(columns(input).subList(0, rowColumns));
            List<String> names =
                    new ArrayList<>(input.getRowType().getFieldNames().subList(0, rowColumns));
            project.getProjects().forEach(expression -> columns.add(moved(expression, input)));
            names.addAll(project.getRowType().getFieldNames());
            return LogicalProject.create(input, List.of(), columns, names, Set.of());
        }

        private RelNode unnesting(Uncollect uncollect) {
            checkOne(uncollect);
            if (!(uncollect.getInput() instanceof Project project) || !(project.getInput() instanceof Values)) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST of a sub-query at this place is not supported");
            }
            RexNode collection = moved(project.getProjects().get(0), rows);
            return new Unnesting(rows, collection, outer, uncollect.withOrdinality, uncollect.getRowType());
        }

        /** An expression of the right side over an input that has the left columns before those of the right. */
        private RexNode moved(RexNode expression, RelNode input) {
            CorrelationId id = correlate.getCorrelationId();
            RexBuilder expressions = correlate.getCluster().getRexBuilder();
            return expression.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    return RexInputRef.of(reference.getIndex() + rowColumns, input.getRowType());
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    if (access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id)) {
                        return RexInputRef.of(access.getField().getIndex(), input.getRowType());
                    }
                    RexNode base = access.getReferenceExpr().accept(this);
                    return expressions.makeFieldAccess(base, access.getField().getIndex());
                }
            });
        }
    }
}
