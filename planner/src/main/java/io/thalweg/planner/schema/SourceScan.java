package io.thalweg.planner.schema;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.type.TypeTranslator;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlExplainLevel;

/**
 * Reads the stored columns of an object and, if it was asked for, what the log knows of each row. A leaf of every query.
 */
public final class SourceScan extends AbstractRelNode {
    private final CatalogObject object;
    private final SourceKind kind;
    private final List<Integer> columns;
    private final RowType type;

    /**
     * @param columns for each output column the stored column, or one of the negative numbers of
     *     {@link io.thalweg.model.plan.ScanNode}
     */
    public SourceScan(
            RelOptCluster cluster, CatalogObject object, SourceKind kind, List<Integer> columns, RowType type) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.object = object;
        this.kind = kind;
        this.columns = List.copyOf(columns);
        this.type = type;
    }

    public CatalogObject object() {
        return object;
    }

    public SourceKind kind() {
        return kind;
    }

    public List<Integer> columns() {
        return columns;
    }

    public RowType type() {
        return type;
    }

    @Override
    protected RelDataType deriveRowType() {
        return TypeTranslator.toCalciteRow(type);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        // The columns are part of the identity: Calcite ignores the names of fields when it looks for equal
        // expressions.
        return super.explainTerms(writer)
                .item("source", kind + " " + object.name())
                .itemIf("columns", columns, writer.getDetailLevel() == SqlExplainLevel.DIGEST_ATTRIBUTES);
    }
}
