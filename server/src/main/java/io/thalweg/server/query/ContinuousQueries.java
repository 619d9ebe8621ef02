package io.thalweg.server.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The endless queries that fill streams and tables, each on a thread of its own. Thread-safe; changes come one at a time. */
final class ContinuousQueries {
    private final RelationStore store;
    private final QueryRuntime runtime;
    private final InsertRunner reader;
    private final LongSupplier queryIds;
    private final RowIngest ingest = new RowIngest();
    private final Map<Long, ContinuousQuery> queries = new ConcurrentHashMap<>();

    /** @param queryIds gives a new number for SYS.QUERIES */
    ContinuousQueries(RelationStore store, QueryRuntime runtime, InsertRunner reader, LongSupplier queryIds) {
        this.store = store;
        this.runtime = runtime;
        this.reader = reader;
        this.queryIds = queryIds;
    }

    /** Holds the rows of a query; it runs when it is started. */
    void add(ContinuousQueryDefinition definition) {
        queries.put(definition.id(), query(definition));
    }

    private ContinuousQuery query(ContinuousQueryDefinition definition) {
        StoredRelation target = target(definition);
        CatalogObject object = target.object();
        QueryOutput output = object instanceof TableDefinition table
                ? new TableOutput(definition, table, () -> target(definition), ingest, reader)
                : new StreamOutput(definition, () -> target(definition), ingest);
        return new ContinuousQuery(queryIds.getAsLong(), definition, runtime, output);
    }

    private StoredRelation target(ContinuousQueryDefinition definition) {
        return store.require(definition.target(), "the target of query " + definition.name());
    }

    /** Starts a query that was added and did not run yet, or anew one that has run. */
    void start(ContinuousQueryDefinition definition) {
        ContinuousQuery old = queries.get(definition.id());
        ContinuousQuery fresh = query(definition);
        queries.put(definition.id(), fresh);
        if (old != null) {
            old.close();
        }
        fresh.start();
    }

    /** Stops a query, which goes on holding its rows. */
    void pause(ContinuousQueryDefinition definition) {
        ContinuousQuery query = queries.get(definition.id());
        if (query != null) {
            query.stop(ErrorCode.QUERY_CANCELED);
        }
    }

    /** Ends a query for good. */
    void drop(ContinuousQueryDefinition definition) {
        ContinuousQuery query = queries.remove(definition.id());
        if (query != null) {
            query.stop(ErrorCode.QUERY_CANCELED);
            query.close();
        }
    }

    /** Whether there is a query, running or not, whose answer goes into the stream or table of this id. */
    boolean fills(long target) {
        return queries.values().stream().anyMatch(query -> query.definition().target() == target);
    }

    /** Throws if there are as many as there may be. */
    void requireRoom(int max) {
        if (queries.size() >= max) {
            throw new ThalwegException(
                            ErrorCode.TOO_MANY_QUERIES,
                            "the server already keeps " + queries.size() + " endless queries")
                    .withHint("Drop one that is no longer needed, or raise the server's option max-queries.");
        }
    }

    List<QueryStatus> statuses() {
        return queries.values().stream().map(ContinuousQuery::status).toList();
    }

    void close() {
        queries.values().forEach(query -> query.stop(ErrorCode.SERVER_SHUTTING_DOWN));
    }
}
