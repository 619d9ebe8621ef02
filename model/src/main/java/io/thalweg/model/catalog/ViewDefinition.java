package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import java.util.Optional;

/**
 * A named query that is put in the place of its name.
 *
 * @param query SQL text
 */
public record ViewDefinition(long id, ObjectName name, String query, RowType type, ObjectProperties properties)
        implements CatalogObject {
    @Override
    public ObjectKind kind() {
        return ObjectKind.VIEW;
    }

    @Override
    public Optional<String> comment() {
        return properties.comment();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitView(this);
    }
}
