package io.thalweg.server.catalog;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ContinuousQueryDefinition;

/** What the catalog asks of those who keep the rows of objects. Called under the catalog's lock, in the order of changes. */
public interface ObjectStorage {
    /** Makes the place for the rows of a new object; for a materialized view, returns when it has caught up once. */
    void create(CatalogObject object);

    /** Keeps the rows of an object as its new definition says, from here on. Cannot fail. */
    void alter(CatalogObject object);

    /** Makes ready for the columns of a new definition that the object does not have yet; if that fails, nothing has changed. */
    void widen(CatalogObject object);

    /** Has an endless query go on filling its target, from where it is. Returns at once; a query that fails says so itself. */
    void start(ContinuousQueryDefinition query);

    /** Stops an endless query, which keeps the rows that it will go on with. */
    void pause(ContinuousQueryDefinition query);

    /** Ends an endless query for good. */
    void drop(ContinuousQueryDefinition query);

    /** Ends whatever runs on the object and removes its rows. Does nothing for an object that has no storage. */
    void drop(CatalogObject object);
}
