package io.thalweg.planner.rewrite;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.relation.WindowAssignment;
import io.thalweg.planner.schema.SourceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
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
        if (!(parent instanceof Join) || !tooWide || used.isEmpty()) {
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

    /** Windows keep the time, and give all of their own columns. */
    public TrimResult trimFields(WindowAssignment windows, ImmutableBitSet used, Set<RelDataTypeField> ignored) {
        RelNode input = windows.getInput();
        int before = input.getRowType().getFieldCount();
        ImmutableBitSet needed = used.intersect(ImmutableBitSet.range(before)).set(windows.timeColumn());
        TrimResult trimmed = trimChild(windows, input, needed, Set.of());
        int after = trimmed.left.getRowType().getFieldCount();
        Mapping mapping = Mappings.create(
                MappingType.INVERSE_SURJECTION,
                before + WindowAssignment.WINDOW_COLUMNS,
                after + WindowAssignment.WINDOW_COLUMNS);
        for (int column : needed) {
            mapping.set(column, trimmed.right.getTarget(column));
        }
        for (int i = 0; i < WindowAssignment.WINDOW_COLUMNS; i++) {
            mapping.set(before + i, after + i);
        }
        return result(windows.over(trimmed.left, trimmed.right.getTarget(windows.timeColumn())), mapping, windows);
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
