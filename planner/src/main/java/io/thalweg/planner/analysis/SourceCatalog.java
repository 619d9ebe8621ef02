package io.thalweg.planner.analysis;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The definitions of what a plan scans. */
final class SourceCatalog {
    private final Map<Long, CatalogObject> byId = new HashMap<>();

    SourceCatalog(Collection<CatalogObject> objects) {
        for (CatalogObject object : objects) {
            byId.put(object.id(), object);
        }
    }

    Optional<CatalogObject> find(ScanNode scan) {
        return scan.kind() == SourceKind.SYSTEM_TABLE
                ? Optional.empty()
                : Optional.ofNullable(byId.get(scan.objectId()));
    }
}
