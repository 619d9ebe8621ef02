package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.error.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * What an INSERT goes into.
 *
 * @param object a stream or a table; others are refused
 * @param columns the columns that the statement names, in its order; without them, all stored ones
 * @param span the name in the statement, with the columns
 */
public record InsertTarget(CatalogObject object, Optional<List<String>> columns, SourceSpan span) {
    public InsertTarget {
        columns = columns.map(List::copyOf);
    }
}
