package io.thalweg.planner.subquery;

import io.thalweg.planner.relation.MatchJoin;
import io.thalweg.planner.subquery.Grounding.Grounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes the outer row out of joins. A side whose rows are all kept lets its conditions pass; what the other side and the
 * condition of the join read of the outer row must be in the kept side, since it decides who is a partner.
 */
final class JoinUnnesting {
    private final Unnesting unnesting;
    private final OuterRow outer;
    private final Grounding grounding;
    private final RexBuilder expressions;

    JoinUnnesting(Unnesting unnesting, OuterRow outer) {
        this.unnesting = unnesting;
        this.outer = outer;
        this.grounding = new Grounding(outer);
        this.expressions = outer.rel().getCluster().getRexBuilder();
    }

    Unnested of(Join join) {
        return switch (join.getJoinType()) {
            case INNER -> inner(join);
            case RIGHT -> right(join);
            case FULL -> full(join);
            default ->
                leftKept(
                        join.getLeft(),
                        join.getRight(),
                        join.getCondition(),
                        (left, right, condition) ->
                                LogicalJoin.create(left, right, List.of(), condition, Set.of(), join.getJoinType()));
        };
    }

    Unnested of(MatchJoin join) {
        return leftKept(
                join.getLeft(),
                join.getRight(),
                join.condition(),
                (left, right, condition) -> MatchJoin.create(left, right, condition, join.kind()));
    }

    private Unnested inner(Join join) {
        Unnested left = unnesting.rows(unnesting.of(join.getLeft()));
        Unnested right = unnesting.rows(unnesting.of(join.getRight()));
        int shift = left.rel().getRowType().getFieldCount();
        List<RexNode> outputs = new ArrayList<>(left.outputs());
        right.outputs().forEach(o -> outputs.add(RexUtil.shift(o, shift)));
        List<RexNode> conditions = new ArrayList<>(left.conditions());
        right.conditions().forEach(c -> conditions.add(RexUtil.shift(c, shift)));
        List<RexNode> local = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            RexNode condition = Unnesting.substituted(conjunct, outputs);
            (outer.isReadBy(condition) ? conditions : local).add(condition);
        }
        RelNode rel = grounding.join(left.rel(), right.rel(), local, JoinRelType.INNER);
        return new Unnested(rel, outputs, conditions, false);
    }

    /** Makes a join of given inputs. */
    private interface Maker {
        RelNode join(RelNode left, RelNode right, RexNode condition);
    }

    private Unnested leftKept(RelNode leftInput, RelNode rightInput, RexNode on, Maker maker) {
        Unnested left = unnesting.rows(unnesting.of(leftInput));
        Unnested right = unnesting.rows(unnesting.of(rightInput));
        if (!outer.fieldsOf(right.outputs()).isEmpty()) {
            right = grounding.ground(right, ImmutableBitSet.of()).query();
        }
        right = right.materialized();
        List<RexNode> reading = new ArrayList<>(right.conditions());
        reading.add(on);
        // The condition may read the outer row through the columns of the left input, too.
        reading.addAll(left.outputs());
        ImmutableBitSet fields = outer.fieldsOf(reading);
        Grounded kept = fields.isEmpty() ? new Grounded(left, Map.of(), fields) : grounding.ground(left, fields);
        RelNode leftRel = kept.query().rel();
        int shift = leftRel.getRowType().getFieldCount();
        List<RexNode> pair = new ArrayList<>(kept.query().outputs());
        right.outputs().forEach(o -> pair.add(RexUtil.shift(o, shift)));
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(Unnesting.substituted(on, pair));
        right.conditions().forEach(c -> conditions.add(RexUtil.shift(c, shift)));
        RexNode condition = RexUtil.composeConjunction(
                expressions, outer.replaced(conditions, field -> kept.values().get(field)));
        RelNode rel = maker.join(leftRel, right.rel(), condition);
        List<RexNode> outputs = new ArrayList<>(kept.query().outputs());
        // Of the right side come its outputs, or a mark, or nothing.
        int behind = Math.min(right.outputs().size(), rel.getRowType().getFieldCount() - shift);
        outputs.addAll(Unnested.columns(rel, shift, shift + behind));
        return new Unnested(rel, outputs, kept.query().conditions(), false);
    }

    private Unnested right(Join join) {
        int leftSize = join.getLeft().getRowType().getFieldCount();
        int rightSize = join.getRight().getRowType().getFieldCount();
        List<RexNode> swapped = new ArrayList<>();
        for (int i = 0; i < leftSize + rightSize; i++) {
            int column = i < leftSize ? rightSize + i : i - leftSize;
            RelNode side = i < leftSize ? join.getLeft() : join.getRight();
            int own = i < leftSize ? i : i - leftSize;
            swapped.add(new RexInputRef(
                    column, side.getRowType().getFieldList().get(own).getType()));
        }
        Unnested mirrored = leftKept(
                join.getRight(),
                join.getLeft(),
                Unnesting.substituted(join.getCondition(), swapped),
                (left, right, condition) ->
                        LogicalJoin.create(left, right, List.of(), condition, Set.of(), JoinRelType.LEFT));
        List<RexNode> outputs = new ArrayList<>(mirrored.outputs().subList(rightSize, rightSize + leftSize));
        outputs.addAll(mirrored.outputs().subList(0, rightSize));
        return mirrored.withOutputs(outputs);
    }

    /** Neither side lets a condition pass, so both have the columns of the outer row, and a row has those of either. */
    private Unnested full(Join join) {
        Unnested left = unnesting.of(join.getLeft());
        Unnested right = unnesting.of(join.getRight());
        List<RexNode> reading = new ArrayList<>(left.conditions());
        reading.addAll(left.outputs());
        reading.addAll(right.conditions());
        reading.addAll(right.outputs());
        reading.add(join.getCondition());
        ImmutableBitSet fields = outer.fieldsOf(reading);
        RelNode leftRel = grounding.withColumns(left, fields);
        RelNode rightRel = grounding.withColumns(right, fields);
        int leftSize = join.getLeft().getRowType().getFieldCount();
        int rightSize = join.getRight().getRowType().getFieldCount();
        int count = fields.cardinality();
        List<RexNode> pair = new ArrayList<>(Unnested.columns(leftRel, 0, leftSize));
        Unnested.columns(rightRel, 0, rightSize).forEach(c -> pair.add(RexUtil.shift(c, leftSize + count)));
        List<RexNode> leftColumns = Unnested.columns(leftRel, leftSize, leftSize + count);
        List<RexNode> rightColumns = Unnested.columns(rightRel, rightSize, rightSize + count).stream()
                .map(c -> RexUtil.shift(c, leftSize + count))
                .toList();
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(outer.replaced(
                Unnesting.substituted(join.getCondition(), pair), field -> leftColumns.get(fields.indexOf(field))));
        for (int i = 0; i < count; i++) {
            conditions.add(expressions.makeCall(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, leftColumns.get(i), rightColumns.get(i)));
        }
        RelNode rel = grounding.join(leftRel, rightRel, conditions, JoinRelType.FULL);
        List<RexNode> columns = new ArrayList<>(Unnested.columns(rel, 0, leftSize));
        int rightStart = leftSize + count;
        columns.addAll(Unnested.columns(rel, rightStart, rightStart + rightSize));
        for (int i = 0; i < count; i++) {
            columns.add(expressions.makeCall(
                    SqlStdOperatorTable.COALESCE,
                    RexInputRef.of(leftSize + i, rel.getRowType()),
                    RexInputRef.of(rightStart + rightSize + i, rel.getRowType())));
        }
        RelNode project = Unnested.project(rel, columns);
        int width = leftSize + rightSize;
        return new Unnested(
                project, Unnested.columns(project, 0, width), grounding.ties(project, width, fields), false);
    }
}
