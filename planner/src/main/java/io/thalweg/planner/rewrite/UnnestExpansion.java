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
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

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
        Unnesting unnesting =
                new Unnesting(input, columns(input), false, uncollect.withOrdinality, uncollect.getRowType());
        List<RexNode> elements = columns(unnesting)
                .subList(
                        input.getRowType().getFieldCount(),
                        unnesting.getRowType().getFieldCount());
        return LogicalProject.create(
                unnesting, List.of(), elements, uncollect.getRowType().getFieldNames(), Set.of());
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
        /** Where the columns of the left side are that the right one reads. */
        private final Mappings.TargetMapping places;

        Loop(Correlate correlate) {
            this(
                    correlate,
                    correlate.getLeft(),
                    correlate.getJoinType() == JoinRelType.LEFT,
                    Mappings.createIdentity(correlate.getLeft().getRowType().getFieldCount()));
            if (!outer && correlate.getJoinType() != JoinRelType.INNER) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST in a sub-query of this kind is not supported");
            }
        }

        private Loop(Correlate correlate, RelNode rows, boolean outer, Mappings.TargetMapping places) {
            this.correlate = correlate;
            this.rows = rows;
            this.rowColumns = rows.getRowType().getFieldCount();
            this.outer = outer;
            this.places = places;
        }

        RelNode expanded() {
            RelNode expanded = outer && !isPlain(correlate.getRight()) ? joined() : expand(correlate.getRight());
            return LogicalProject.create(
                    expanded,
                    List.of(),
                    columns(expanded),
                    correlate.getRowType().getFieldNames(),
                    Set.of());
        }

        /** Whether each element becomes a row, with its columns as they are. */
        private static boolean isPlain(RelNode right) {
            RelNode rel = right;
            while (!(rel instanceof Uncollect)) {
                boolean changes = rel instanceof Filter filter
                        ? !filter.getCondition().isAlwaysTrue()
                        : !((Project) rel).getProjects().stream().allMatch(RexInputRef.class::isInstance);
                if (changes) {
                    return false;
                }
                rel = rel.getInput(0);
            }
            return true;
        }

        /**
         * The rows joined with what the loop makes of the different values that it reads of them: a row without an element that
         * meets the condition has no partner.
         */
        private RelNode joined() {
            ImmutableBitSet read = correlate.getRequiredColumns();
            List<RexNode> keyColumns = read.asList().stream()
                    .<RexNode>map(column -> RexInputRef.of(column, rows.getRowType()))
                    .toList();
            RelNode projected = LogicalProject.create(rows, List.of(), keyColumns, (List<String>) null, Set.of());
            RelNode keys = LogicalAggregate.create(
                    projected, List.of(), ImmutableBitSet.range(keyColumns.size()), null, List.of());
            Mapping places = Mappings.create(MappingType.PARTIAL_FUNCTION, rowColumns, keyColumns.size());
            read.asList().forEach(column -> places.set(column, read.indexOf(column)));
            RelNode elements = new Loop(correlate, keys, false, places).expand(correlate.getRight());
            RexBuilder expressions = correlate.getCluster().getRexBuilder();
            List<RexNode> conditions = new ArrayList<>();
            for (int i = 0; i < keyColumns.size(); i++) {
                RexNode key = expressions.makeInputRef(
                        elements.getRowType().getFieldList().get(i).getType(), rowColumns + i);
                conditions.add(expressions.makeCall(equality(key.getType()), keyColumns.get(i), key));
            }
            RelNode join = LogicalJoin.create(
                    rows,
                    elements,
                    List.of(),
                    RexUtil.composeConjunction(expressions, conditions),
                    Set.of(),
                    JoinRelType.LEFT);
            List<RexNode> all = columns(join);
            List<RexNode> kept = new ArrayList<>(all.subList(0, rowColumns));
            kept.addAll(all.subList(rowColumns + keyColumns.size(), all.size()));
            return LogicalProject.create(join, List.of(), kept, (List<String>) null, Set.of());
        }

        /** A collection that is NULL has no elements; another value may be NULL and meet the condition. */
        private static SqlOperator equality(RelDataType type) {
            boolean isCollection = type.getComponentType() != null || type.getKeyType() != null;
            return isCollection || !type.isNullable()
                    ? SqlStdOperatorTable.EQUALS
                    : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
        }

        /** The right side of the loop behind the columns of the left. */
        private RelNode expand(RelNode right) {
            if (right instanceof Uncollect uncollect) {
                return unnesting(uncollect);
            }
            RelNode input = expand(right.getInput(0));
            if (right instanceof Filter filter) {
                return LogicalFilter.create(input, moved(filter.getCondition(), input));
            }
            Project project = (Project) right;
            List<RexNode> columns = new ArrayList<>(columns(input).subList(0, rowColumns));
            List<String> names =
                    new ArrayList<>(input.getRowType().getFieldNames().subList(0, rowColumns));
            project.getProjects().forEach(expression -> columns.add(moved(expression, input)));
            names.addAll(project.getRowType().getFieldNames());
            return LogicalProject.create(input, List.of(), columns, names, Set.of());
        }

        private RelNode unnesting(Uncollect uncollect) {
            if (!(uncollect.getInput() instanceof Project project) || !(project.getInput() instanceof Values)) {
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "UNNEST of a sub-query at this place is not supported");
            }
            List<RexNode> collections =
                    project.getProjects().stream().map(c -> moved(c, rows)).toList();
            return new Unnesting(rows, collections, outer, uncollect.withOrdinality, uncollect.getRowType());
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
                        return RexInputRef.of(places.getTarget(access.getField().getIndex()), input.getRowType());
                    }
                    RexNode base = access.getReferenceExpr().accept(this);
                    return expressions.makeFieldAccess(base, access.getField().getIndex());
                }
            });
        }
    }
}
