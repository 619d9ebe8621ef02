package io.thalweg.planner.rewrite;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.relation.AsofRelation;
import io.thalweg.planner.relation.MatchJoin;
import io.thalweg.planner.relation.SessionAssignment;
import io.thalweg.planner.relation.Unnesting;
import io.thalweg.planner.relation.WindowAssignment;
import io.thalweg.planner.schema.SourceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPermuteInputsShuttle;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Drops columns that nothing above needs, down to what a scan reads. Public because Calcite calls it by reflection. */
public final class ColumnTrimmer extends RelFieldTrimmer {
    ColumnTrimmer(RelBuilder builder) {
        super(null, builder);
    }

    /** A join keeps its inputs as state, so they are cut to exactly what it uses, also above a filter that used more. */
    @Override
    protected TrimResult trimChild(
            RelNode parent,
            RelNode input,
            int inputIndex,
            int offset,
            ImmutableBitSet used,
            Set<RelDataTypeField> extra) {
        TrimResult trimmed = super.trimChild(parent, input, inputIndex, offset, used, extra);
        boolean tooWide = trimmed.left.getRowType().getFieldCount() > used.cardinality();
        if (!(parent instanceof Join || parent instanceof AsofRelation || parent instanceof MatchJoin)
                || !tooWide
                || used.isEmpty()) {
            return trimmed;
        }
        Mapping mapping = Mappings.create(
                MappingType.INVERSE_SURJECTION, input.getRowType().getFieldCount(), used.cardinality());
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : used) {
            mapping.set(column, columns.size());
            columns.add(RexInputRef.of(trimmed.right.getTarget(column), trimmed.left.getRowType()));
            names.add(input.getRowType().getFieldNames().get(column));
        }
        RelNode narrow = LogicalProject.create(trimmed.left, List.of(), columns, names, Set.of());
        return result(narrow, mapping, input);
    }

    /** An as-of join keeps the columns that it is made by. */
    public TrimResult trimFields(AsofRelation join, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        int leftBefore = join.getLeft().getRowType().getFieldCount();
        int before = join.getRowType().getFieldCount();
        ImmutableBitSet needed = used.union(RelOptUtil.InputFinder.bits(List.of(join.condition(), join.match()), null));
        ImmutableBitSet ofLeft = needed.intersect(ImmutableBitSet.range(leftBefore));
        ImmutableBitSet ofRight =
                needed.intersect(ImmutableBitSet.range(leftBefore, before)).shift(-leftBefore);
        TrimResult left = trimChild(join, join.getLeft(), 0, 0, ofLeft, Set.of());
        TrimResult right = trimChild(join, join.getRight(), 1, leftBefore, ofRight, Set.of());
        int leftAfter = left.left.getRowType().getFieldCount();
        int after = leftAfter + right.left.getRowType().getFieldCount();
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, before, after);
        ofLeft.forEachInt(column -> mapping.set(column, left.right.getTarget(column)));
        ofRight.forEachInt(column -> mapping.set(leftBefore + column, leftAfter + right.right.getTarget(column)));
        RexPermuteInputsShuttle renumbered = new RexPermuteInputsShuttle(mapping, left.left, right.left);
        return result(join.over(left.left, right.left, renumbered), mapping, join);
    }

    /** Windows keep the time, and give all of their own columns. */
    public TrimResult trimFields(WindowAssignment windows, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        TrimResult trimmed = trimBelow(windows, used, List.of(windows.timeColumn()));
        RelNode narrow = windows.over(trimmed.left, trimmed.right.getTarget(windows.timeColumn()));
        return withWindow(windows, narrow, trimmed);
    }

    /** Sessions keep their keys, too. */
    public TrimResult trimFields(SessionAssignment sessions, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        List<Integer> needed = new ArrayList<>(sessions.keys());
        needed.add(sessions.timeColumn());
        TrimResult trimmed = trimBelow(sessions, used, needed);
        List<Integer> keys =
                sessions.keys().stream().map(trimmed.right::getTarget).toList();
        RelNode narrow = new SessionAssignment(
                trimmed.left, keys, trimmed.right.getTarget(sessions.timeColumn()), sessions.gap());
        return withWindow(sessions, narrow, trimmed);
    }

    private TrimResult trimBelow(SingleRel windows, ImmutableBitSet used, List<Integer> needed) {
        RelNode input = windows.getInput();
        ImmutableBitSet columns = ImmutableBitSet.range(input.getRowType().getFieldCount());
        return trimChild(windows, input, used.intersect(columns).union(ImmutableBitSet.of(needed)), Set.of());
    }

    /** The columns of the input where they have gone to, and behind them all of the window. */
    private TrimResult withWindow(SingleRel windows, RelNode narrow, TrimResult below) {
        int before = windows.getInput().getRowType().getFieldCount();
        int after = below.left.getRowType().getFieldCount();
        Mapping mapping = Mappings.create(
                MappingType.INVERSE_SURJECTION,
                before + WindowAssignment.WINDOW_COLUMNS,
                after + WindowAssignment.WINDOW_COLUMNS);
        for (int column = 0; column < before; column++) {
            int target = below.right.getTargetOpt(column);
            if (target >= 0) {
                mapping.set(column, target);
            }
        }
        for (int i = 0; i < WindowAssignment.WINDOW_COLUMNS; i++) {
            mapping.set(before + i, after + i);
        }
        return result(narrow, mapping, windows);
    }

    /** A join that a sub-query became. */
    public TrimResult trimFields(MatchJoin join, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        int leftSize = join.getLeft().getRowType().getFieldCount();
        int rightSize = join.getRight().getRowType().getFieldCount();
        ImmutableBitSet condition = RelOptUtil.InputFinder.bits(join.condition());
        boolean hasPartner = join.kind() == MatchJoin.Kind.SINGLE;
        ImmutableBitSet read = condition.union(hasPartner ? used : used.intersect(ImmutableBitSet.range(leftSize)));
        ImmutableBitSet readLeft = atLeastOne(read.intersect(ImmutableBitSet.range(leftSize)));
        ImmutableBitSet readRight = atLeastOne(read.intersect(ImmutableBitSet.range(leftSize, leftSize + rightSize))
                .shift(-leftSize));
        TrimResult left = trimChild(join, join.getLeft(), 0, 0, readLeft, Set.of());
        TrimResult right = trimChild(join, join.getRight(), 1, leftSize, readRight, Set.of());
        int newLeftSize = left.right.getTargetCount();
        Mapping inputs = Mappings.create(
                MappingType.INVERSE_SURJECTION, leftSize + rightSize, newLeftSize + right.right.getTargetCount());
        left.right.forEach(pair -> inputs.set(pair.source, pair.target));
        right.right.forEach(pair -> inputs.set(leftSize + pair.source, newLeftSize + pair.target));
        RexNode moved = join.condition().accept(new RexPermuteInputsShuttle(inputs, left.left, right.left));
        MatchJoin trimmed = MatchJoin.create(left.left, right.left, moved, join.kind());
        if (hasPartner) {
            return result(trimmed, inputs, join);
        }
        Mapping marked = Mappings.create(MappingType.INVERSE_SURJECTION, leftSize + 1, newLeftSize + 1);
        left.right.forEach(pair -> marked.set(pair.source, pair.target));
        marked.set(leftSize, newLeftSize);
        return result(trimmed, marked, join);
    }

    /** Calcite's relations have one column at least. */
    private static ImmutableBitSet atLeastOne(ImmutableBitSet columns) {
        return columns.isEmpty() ? ImmutableBitSet.of(0) : columns;
    }

    /** An unnesting keeps what its collections are computed from, and gives all columns of the elements. */
    public TrimResult trimFields(Unnesting unnesting, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        RelNode input = unnesting.getInput();
        int before = input.getRowType().getFieldCount();
        ImmutableBitSet needed = used.intersect(ImmutableBitSet.range(before))
                .union(RelOptUtil.InputFinder.bits(unnesting.collections(), null));
        TrimResult trimmed = trimChild(unnesting, input, needed, Set.of());
        int after = trimmed.left.getRowType().getFieldCount();
        int added = unnesting.elementColumns();
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, before + added, after + added);
        for (int column : needed) {
            mapping.set(column, trimmed.right.getTarget(column));
        }
        for (int i = 0; i < added; i++) {
            mapping.set(before + i, after + i);
        }
        RexPermuteInputsShuttle moved = new RexPermuteInputsShuttle(trimmed.right, trimmed.left);
        return result(unnesting.over(trimmed.left, moved.visitList(unnesting.collections())), mapping, unnesting);
    }

    /** Calcite finds this method by its name and the type of its first argument. */
    public TrimResult trimFields(SourceScan scan, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        // Calcite's expressions have one column at least.
        ImmutableBitSet kept = used.isEmpty() ? ImmutableBitSet.of(0) : used;
        int before = scan.type().size();
        if (kept.cardinality() == before) {
            return result(scan, Mappings.createIdentity(before));
        }
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, before, kept.cardinality());
        List<Integer> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int column : kept) {
            mapping.set(column, columns.size());
            columns.add(scan.columns().get(column));
            fields.add(scan.type().field(column));
        }
        SourceScan narrow = new SourceScan(scan.getCluster(), scan.object(), scan.kind(), columns, new RowType(fields));
        return result(narrow, mapping, scan);
    }
}
