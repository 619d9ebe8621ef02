package io.thalweg.model.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All objects at one moment. */
public final class CatalogSnapshot {
    private final long version;
    private final Map<ObjectName, CatalogObject> objects;

    /** @param version grows with every change of the catalog */
    public CatalogSnapshot(long version, Collection<? extends CatalogObject> objects) {
        this.version = version;
        Map<ObjectName, CatalogObject> byName = new TreeMap<>();
        for (CatalogObject object : objects) {
            if (byName.put(object.name(), object) != null) {
                throw new IllegalArgumentException("two objects are named " + object.name());
            }
        }
        this.objects = Collections.unmodifiableMap(byName);
    }

    public long version() {
        return version;
    }

    /** The object of exactly this name. */
    public Optional<CatalogObject> find(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** All objects in the order of their names. */
    public Collection<CatalogObject> objects() {
        return objects.values();
    }
}
