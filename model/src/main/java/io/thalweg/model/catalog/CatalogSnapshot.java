package io.thalweg.model.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All objects at one moment. */
public final class CatalogSnapshot {
    private final long version;
    private final Map<ObjectName, CatalogObject> objects;
    private final List<ContinuousQueryDefinition> queries;
    private final List<FunctionDefinition> functions;

    /** A catalog without continuous queries and functions. */
    public CatalogSnapshot(long version, Collection<? extends CatalogObject> objects) {
        this(version, objects, List.of());
    }

    /** A catalog without functions. */
    public CatalogSnapshot(
            long version, Collection<? extends CatalogObject> objects, Collection<ContinuousQueryDefinition> queries) {
        this(version, objects, queries, List.of());
    }

    /** @param version grows with every change of the catalog */
    public CatalogSnapshot(
            long version,
            Collection<? extends CatalogObject> objects,
            Collection<ContinuousQueryDefinition> queries,
            Collection<FunctionDefinition> functions) {
        this.version = version;
        this.queries = List.copyOf(queries);
        this.functions = List.copyOf(functions);
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

    /** The endless queries that fill streams and tables, in the order of their ids. */
    public List<ContinuousQueryDefinition> queries() {
        return queries;
    }

    /** The endless query of exactly this name. */
    public Optional<ContinuousQueryDefinition> findQuery(ObjectName name) {
        return queries.stream().filter(query -> query.name().equals(name)).findFirst();
    }

    /** The endless queries whose answers go into an object. */
    public List<ContinuousQueryDefinition> queriesInto(long target) {
        return queries.stream().filter(query -> query.target() == target).toList();
    }

    /** The functions in Java, in the order of their ids. */
    public List<FunctionDefinition> functions() {
        return functions;
    }

    /** The function in Java of exactly this name. */
    public Optional<FunctionDefinition> findFunction(ObjectName name) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .findFirst();
    }

    /** All objects in the order of their names. */
    public Collection<CatalogObject> objects() {
        return objects.values();
    }
}
