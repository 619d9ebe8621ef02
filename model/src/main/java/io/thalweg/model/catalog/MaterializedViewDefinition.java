package io.thalweg.model.catalog;

import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.RowType;
import java.util.Optional;

/**
 * A continuous query whose answer is kept and served.
 *
 * @param query SQL text, for people
 * @param plan what runs, as it was planned at creation
 * @param type the columns of the plan under the names of the view
 */
public record MaterializedViewDefinition(
        long id, ObjectName name, String query, PhysicalPlan plan, RowType type, ObjectProperties properties)
        implements CatalogObject {
    @Override
    public ObjectKind kind() {
        return ObjectKind.MATERIALIZED_VIEW;
    }

    @Override
    public Optional<String> comment() {
        return properties.comment();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMaterializedView(this);
    }
}
