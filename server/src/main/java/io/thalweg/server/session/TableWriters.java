package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;

/** A table that a continuous query keeps equal to its answer is written by nobody else. */
final class TableWriters {
    private TableWriters() {}

    /** Throws WRONG_OBJECT_KIND if a query fills the object and the object is a table. */
    static void requireNone(CatalogSnapshot catalog, CatalogObject target, SourceSpan place) {
        if (target instanceof TableDefinition
                && !catalog.queriesInto(target.id()).isEmpty()) {
            String query = catalog.queriesInto(target.id()).get(0).name().toString();
            throw new ThalwegException(
                            ErrorCode.WRONG_OBJECT_KIND,
                            "table " + target.name() + " is kept by query " + query + ", and nobody else writes to it")
                    .at(place)
                    .withHint("DROP QUERY " + query + " leaves the table with the rows it has.");
        }
    }
}
