package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows for each of which a sub-query is asked, and the names under which the sub-query speaks of the current one.
 *
 * @param rel all of these rows
 * @param isTied whether equalities with them may stand for their values; otherwise all values are brought in by a join
 */
record OuterRow(RelNode rel, Set<CorrelationId> names, boolean isTied) {
    /** Whether an expression reads the current row. */
    boolean isReadBy(RexNode expression) {
        return !fieldsOf(List.of(expression)).isEmpty();
    }

    /** Whether anything in a relational expression reads the current row. */
    boolean isReadBy(RelNode query) {
        Set<CorrelationId> used = new LinkedHashSet<>(RelOptUtil.getVariablesUsed(query));
        used.retainAll(names);
        return !used.isEmpty();
    }

    /** The columns of the current row that expressions read. */
    ImmutableBitSet fieldsOf(List<RexNode> expressions) {
        ImmutableBitSet.Builder fields = ImmutableBitSet.builder();
        for (RexNode expression : expressions) {
            expression.accept(new RexVisitorImpl<@Nullable Void>(true) {
                @Override
                public @Nullable Void visitFieldAccess(RexFieldAccess access) {
                    if (isField(access)) {
                        fields.set(access.getField().getIndex());
                        return null;
                    }
                    return super.visitFieldAccess(access);
                }
            });
        }
        return fields.build();
    }

    private boolean isField(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable row && names.contains(row.id);
    }

    /** The column of the current row that an expression is; -1 if it is something else. */
    int fieldOf(RexNode expression) {
        return expression instanceof RexFieldAccess access && isField(access)
                ? access.getField().getIndex()
                : -1;
    }

    /** An expression with other expressions in the place of the columns of the current row. */
    RexNode replaced(RexNode expression, IntFunction<RexNode> columns) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return isField(access) ? columns.apply(access.getField().getIndex()) : super.visitFieldAccess(access);
            }
        });
    }

    List<RexNode> replaced(List<RexNode> expressions, IntFunction<RexNode> columns) {
        return expressions.stream().map(e -> replaced(e, columns)).toList();
    }

    /** A column of the current row as a sub-query would read it. */
    RexNode field(int index) {
        RexNode row = rel.getCluster()
                .getRexBuilder()
                .makeCorrel(rel.getRowType(), names.iterator().next());
        return rel.getCluster().getRexBuilder().makeFieldAccess(row, index);
    }

    /** The different values that some columns have together. */
    RelNode distinct(ImmutableBitSet fields) {
        List<RexNode> columns = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        for (int field : fields) {
            columns.add(RexInputRef.of(field, rel.getRowType()));
            columnNames.add(rel.getRowType().getFieldNames().get(field));
        }
        RelNode project = LogicalProject.create(rel, List.of(), columns, columnNames, Set.of());
        return LogicalAggregate.create(project, List.of(), ImmutableBitSet.range(columns.size()), null, List.of());
    }
}
