package io.thalweg.planner.schema;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.type.TypeTranslator;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * An object of the catalog as a table of Calcite's. Deliberately not a StreamableTable, which would refuse a plain SELECT:
 * whether a query ends is said by EMIT alone.
 */
public final class CatalogRelation extends AbstractTable implements TranslatableTable {
    private final CatalogObject object;
    private final boolean lateRows;
    private final RelationExpander expander;

    CatalogRelation(CatalogObject object, boolean lateRows, RelationExpander expander) {
        this.object = object;
        this.lateRows = lateRows;
        this.expander = expander;
    }

    public CatalogObject object() {
        return object;
    }

    /** Whether the name asked for the late rows of a stream. */
    public boolean isLateRows() {
        return lateRows;
    }

    /** The name a user would write. */
    public String displayName() {
        return object.name() + (lateRows ? CatalogSchema.LATE_ROWS_SUFFIX : "");
    }

    /**
     * The columns a query sees. What is computed may be NULL whatever its definition says: an expression proves it better
     * once it has been put in.
     */
    public RowType type() {
        if (object instanceof ViewDefinition view) {
            return new RowType(
                    view.type().fields().stream().map(CatalogRelation::nullable).toList());
        }
        if (object instanceof StreamDefinition stream) {
            return typeOf(stream.columns());
        }
        return object instanceof TableDefinition table ? typeOf(table.columns()) : object.type();
    }

    private static RowType typeOf(RowColumns columns) {
        return new RowType(columns.columns().stream()
                .map(c -> c.isStored() ? new Field(c.name(), c.type()) : nullable(new Field(c.name(), c.type())))
                .toList());
    }

    private static Field nullable(Field field) {
        return new Field(field.name(), field.type().withNullable(true));
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return TypeTranslator.toCalciteRow(type());
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
        return expander.expand(this, context.getCluster());
    }
}
