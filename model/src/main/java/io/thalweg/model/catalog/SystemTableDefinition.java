package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import java.util.Optional;

/** A table whose rows the server makes when they are read: INFORMATION_SCHEMA, SYS and the like. */
public record SystemTableDefinition(ObjectName name, RowType type) implements CatalogObject {
    @Override
    public long id() {
        return 0;
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.SYSTEM_TABLE;
    }

    @Override
    public Optional<String> comment() {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSystemTable(this);
    }
}
