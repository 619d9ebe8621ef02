package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import java.util.Optional;

/** A relation that can be named in a query. */
public sealed interface CatalogObject
        permits StreamDefinition, TableDefinition, ViewDefinition, MaterializedViewDefinition, SystemTableDefinition {
    /** A number never given to another object; 0 for system tables. */
    long id();

    ObjectName name();

    ObjectKind kind();

    /** The columns a query sees. */
    RowType type();

    Optional<String> comment();

    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of object. */
    interface Visitor<R> {
        R visitStream(StreamDefinition stream);

        R visitTable(TableDefinition table);

        R visitView(ViewDefinition view);

        R visitMaterializedView(MaterializedViewDefinition view);

        R visitSystemTable(SystemTableDefinition table);
    }
}
