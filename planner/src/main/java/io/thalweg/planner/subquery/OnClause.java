package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A join whose condition asks sub-queries. Those of an inner join are asked of its pairs. An outer join finds the pairs that
 * match among the different rows of the side that it keeps, and then joins its rows with them.
 */
final class OnClause {
    private final Join join;
    private final boolean isTied;
    private final RelNode left;
    private final RelNode right;
    private final int leftSize;
    private final int size;
    private final RexBuilder expressions;

    OnClause(Join join, boolean isTied) {
        this.isTied = isTied;
        this.join = join;
        this.left = join.getLeft();
        this.right = join.getRight();
        this.leftSize = left.getRowType().getFieldCount();
        this.size = leftSize + right.getRowType().getFieldCount();
        this.expressions = join.getCluster().getRexBuilder();
    }

    RelNode withoutSubQueries() {
        return switch (join.getJoinType()) {
            case INNER -> matching(left, right);
            case LEFT -> leftKept();
            case RIGHT -> rightKept();
            case FULL -> LogicalUnion.create(List.of(leftKept(), rightAlone()), true);
            default -> throw new IllegalStateException("a sub-query in the condition of a join: " + join);
        };
    }

    /** The pairs for which the condition is true. */
    private RelNode matching(RelNode leftRows, RelNode rightRows) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> asking = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            (SubQueryRemoval.holdsQuery(conjunct) ? asking : plain).add(conjunct);
        }
        RelNode pairs = joined(leftRows, rightRows, plain, JoinRelType.INNER);
        Attachment attachment = new Attachment(pairs, join.getVariablesSet(), isTied);
        asking.forEach(attachment::filter);
        return SubQueryRemoval.firstColumns(attachment.rel(), pairs.getRowType());
    }

    private RelNode joined(RelNode leftRows, RelNode rightRows, List<RexNode> conditions, JoinRelType type) {
        RexNode condition = RexUtil.composeConjunction(expressions, conditions);
        return LogicalJoin.create(leftRows, rightRows, List.of(), condition, Set.of(), type);
    }

    private static RelNode distinct(RelNode rows) {
        int width = rows.getRowType().getFieldCount();
        return LogicalAggregate.create(rows, List.of(), ImmutableBitSet.range(width), null, List.of());
    }

    private RelNode leftKept() {
        RelNode matching = matching(distinct(left), right);
        RelNode kept = joined(left, matching, same(left, matching, 0), JoinRelType.LEFT);
        List<RexNode> columns = new ArrayList<>(Unnested.columns(kept, 0, leftSize));
        columns.addAll(Unnested.columns(kept, 2 * leftSize, leftSize + size));
        return SubQueryRemoval.typed(kept, columns, join.getRowType());
    }

    private RelNode rightKept() {
        RelNode matching = matching(left, distinct(right));
        RelNode kept = joined(right, matching, same(right, matching, leftSize), JoinRelType.LEFT);
        int rightSize = size - leftSize;
        List<RexNode> columns = new ArrayList<>(Unnested.columns(kept, rightSize, rightSize + leftSize));
        columns.addAll(Unnested.columns(kept, 0, rightSize));
        return SubQueryRemoval.typed(kept, columns, join.getRowType());
    }

    /** The right rows that match nothing, behind NULLs. */
    private RelNode rightAlone() {
        RelNode matching = matching(distinct(left), right);
        RelNode alone = joined(right, matching, same(right, matching, leftSize), JoinRelType.ANTI);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            RelDataType type = join.getRowType().getFieldList().get(i).getType();
            columns.add(
                    i < leftSize
                            ? expressions.makeNullLiteral(type)
                            : RexInputRef.of(i - leftSize, alone.getRowType()));
        }
        return SubQueryRemoval.typed(alone, columns, join.getRowType());
    }

    /** Says that rows are the same as some columns of the pairs. */
    private List<RexNode> same(RelNode rows, RelNode pairs, int first) {
        int width = rows.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            RexNode column = RexInputRef.of(i, rows.getRowType());
            RexNode other = RexUtil.shift(RexInputRef.of(first + i, pairs.getRowType()), width);
            boolean neverNull = !column.getType().isNullable();
            conditions.add(expressions.makeCall(
                    neverNull ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, column, other));
        }
        return conditions;
    }
}
