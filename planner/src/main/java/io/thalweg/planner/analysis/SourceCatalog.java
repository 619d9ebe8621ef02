package io.thalweg.planner.analysis;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The definitions of what a plan scans. */
public final class SourceCatalog {
    private final Map<Long, CatalogObject> byId = new HashMap<>();

    public SourceCatalog(Collection<CatalogObject> objects) {
        for (CatalogObject object : objects) {
            byId.put(object.id(), object);
        }
    }

    Optional<CatalogObject> find(ScanNode scan) {
        return scan.kind() == SourceKind.SYSTEM_TABLE
                ? Optional.empty()
                : Optional.ofNullable(byId.get(scan.objectId()));
    }

    /** Whether the materialized view that is scanned only ever grows. */
    public boolean growsOnly(ScanNode scan) {
        return find(scan)
                .filter(MaterializedViewDefinition.class::isInstance)
                .map(o -> ((MaterializedViewDefinition) o).plan().appendOnly())
                .orElse(false);
    }
}
