package io.thalweg.server.query;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.ParameterBinding;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.time.Clock;
import io.thalweg.server.shard.Shards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs everything that moves rows: inserts into the log, the domain that keeps tables and materialized views, and queries,
 * each on a thread of its own. Thread-safe; changes of the catalog come one at a time.
 */
public final class QueryEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryEngine.class);
    private static final int CLOSE_SECONDS = 5;

    private final RelationStore store;
    private final StepDomain domain;
    private final QueryRuntime runtime;
    private final TableChanges changes;
    private final ContinuousQueries continuous;
    private final int maxQueries;
    private final ThreadPoolExecutor threads;
    private final AtomicLong nextQueryId = new AtomicLong(1);
    private final Map<Long, QueryTask> running = new ConcurrentHashMap<>();
    private final KeptRelations kept;

    public QueryEngine(LogStore log, SystemTableSource systemTables, QueryEngineConfig config, Clock clock) {
        this.store = new RelationStore(log);
        this.domain = new StepDomain(id -> store.require(id, "a stream of the query"), new QueryControl(), clock);
        this.runtime =
                new QueryRuntime(store, domain, systemTables, config, clock, task -> running.remove(task.id(), task));
        this.kept = new KeptRelations(store, domain, runtime, nextQueryId::getAndIncrement);
        InsertRunner inserts = new InsertRunner(runtime);
        this.continuous = new ContinuousQueries(store, runtime, inserts, nextQueryId::getAndIncrement);
        this.changes = new TableChanges(store, inserts, continuous::fills);
        this.maxQueries = config.maxQueries();
        this.threads =
                new ThreadPoolExecutor(0, config.maxQueries(), 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "thalweg-query");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Attaches the storage of all objects after the catalog was recovered, and starts to bring tables and materialized
     * views up to date in the background; whoever reads one waits until it is.
     *
     * @throws ThalwegException DATA_CORRUPTED if storage is missing; nothing runs then
     */
    public void start(CatalogSnapshot catalog) {
        List<CatalogObject> objects = catalog.objects().stream()
                .sorted(Comparator.comparingLong(CatalogObject::id))
                .toList();
        objects.forEach(store::open);
        domain.start();
        objects.forEach(object -> kept.recover(object).exceptionally(failure -> {
            LOG.warn("{} {} cannot be read: {}", object.kind().noun(), object.name(), failure.getMessage());
            return null;
        }));
        catalog.queries().forEach(continuous::add);
        // Now that all views and queries hold the rows they are built from.
        store.applyPolicies();
        catalog.queries().stream().filter(query -> !query.paused()).forEach(continuous::start);
    }

    /**
     * Makes the storage of a new object; a materialized view is built before this returns.
     *
     * @param control ends the building
     * @throws ThalwegException if it cannot be; nothing of the object remains then
     */
    public void create(CatalogObject object, QueryControl control) {
        store.create(object);
        store.alter(object);
        boolean built = false;
        try {
            kept.build(object, control);
            built = true;
        } finally {
            if (!built) {
                drop(object);
            }
        }
    }

    /** Has an endless query fill its target from here on; if it fails, its status says so. */
    public void start(ContinuousQueryDefinition query) {
        continuous.start(query);
    }

    /**
     * Lets an endless query take over a table. Whoever writes to it before is done when the query begins, and whoever comes
     * afterwards is refused.
     *
     * @param begin checks the table and starts the query
     */
    public void handOver(TableDefinition table, Runnable begin, QueryControl control) {
        changes.handOver(table, begin, control);
    }

    /** Whether a query that ends has no rows at all. */
    public boolean isEmpty(PhysicalPlan plan, QueryControl control) {
        return changes.isEmpty(plan, control);
    }

    /** Throws TOO_MANY_QUERIES if no further endless query can be kept. */
    public void requireRoomForQuery() {
        continuous.requireRoom(maxQueries);
    }

    /** Stops an endless query, which goes on holding the rows it will be built from. */
    public void pause(ContinuousQueryDefinition query) {
        continuous.pause(query);
    }

    /** Ends an endless query for good. */
    public void drop(ContinuousQueryDefinition query) {
        continuous.drop(query);
    }

    /** Keeps the rows of an object as its new definition says, beginning with the next insert. */
    public void alter(CatalogObject object) {
        store.alter(object);
    }

    /** Makes ready for a column that was added to an object: from here on it can be read and written. */
    public void widen(CatalogObject object) {
        store.alter(object);
        if (object instanceof TableDefinition table) {
            kept.replace(table);
        }
    }

    /**
     * The value that a column has in the rows that were there before it.
     *
     * @param column the only column of a stream of which nothing is stored
     * @param plan one row of it, from nothing
     */
    public Literal earlierValue(StreamDefinition column, PhysicalPlan plan, QueryControl control) {
        return changes.constant(column, plan, control);
    }

    /**
     * Gives up the oldest rows of a stream, for good. Queries that have still to read some of them end with an error that
     * says so; nobody is told of the rows that are gone as of a change.
     *
     * @param partition the only partition, or empty for all
     * @return how many rows there were
     * @throws ThalwegException ARGUMENT_OUT_OF_RANGE if there is no such partition or offset
     */
    public long truncate(CatalogObject stream, OptionalInt partition, KeptFrom keptFrom) {
        StoredRelation relation = store.require(stream.id(), stream.name().toString());
        List<PartitionLog> chosen = relation.shards().current().logs().stream()
                .filter(log -> partition.isEmpty() || log.id().partition() == partition.getAsInt())
                .toList();
        if (chosen.isEmpty()) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE, relation.title() + " has no partition " + partition.getAsInt());
        }
        long removed = 0;
        for (PartitionLog log : chosen) {
            removed += truncate(log, relation, keptFrom);
        }
        return removed;
    }

    private static long truncate(PartitionLog log, StoredRelation relation, KeptFrom keptFrom) {
        long target = keptFrom.in(log);
        long end = log.endOffset();
        if (target > end) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    "partition " + log.id().partition() + " of " + relation.title() + " ends at offset " + end);
        }
        long start = log.startOffset();
        log.trimTo(target);
        return Math.max(0, target - start);
    }

    /** Deletes the rows of an object. Queries that read it end with an error that says so. */
    public void drop(CatalogObject object) {
        if (object.id() == 0) {
            return;
        }
        ThalwegException reason = new ThalwegException(
                ErrorCode.UNDEFINED_OBJECT, object.kind().noun() + " " + object.name() + " was dropped");
        // First of all, so that whoever looks it up later meets an error, and whoever has found it is found below.
        List<StoredRelation> stored = store.forget(object.id());
        kept.remove(object.id(), reason);
        domain.detach(ErrorRows.idOf(object.id()), reason);
        running.values().stream()
                .filter(task -> task.reads(object.id()) || task.reads(ErrorRows.idOf(object.id())))
                .forEach(task -> task.cancel(reason));
        stored.forEach(RelationStore::delete);
        changes.forget(object.id());
    }

    /**
     * Appends rows to a stream or a table and waits until they are as durable as it promises.
     *
     * @param rows batches of its stored columns
     * @return how many rows there were
     */
    public long insert(CatalogObject target, List<DeltaBatch> rows) {
        return changes.append(target, rows, () -> {});
    }

    /**
     * Computes the rows of an INSERT and appends them. If computing them fails or is stopped, none is appended; what is
     * on its way to the disk is no longer stopped.
     *
     * @param plan of the target's stored columns
     * @param parameters one row for each set of values that was bound; none for a statement without parameters
     */
    public long executeInsert(
            CatalogObject target, PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        return changes.insert(target, plan, parameters, control);
    }

    /**
     * Computes the rows of an UPDATE as they become, and puts them in the place of those with their keys. Nobody else
     * writes to the table meanwhile, so nothing is overwritten that the statement has not seen. If computing fails or is
     * stopped, nothing changes.
     *
     * @param plan as the planner makes it of an UPDATE of this table
     * @param parameters a value for each parameter of the plan
     * @return how many rows the statement found
     */
    public long executeUpdate(
            TableDefinition table, PhysicalPlan plan, List<Literal> parameters, QueryControl control) {
        return changes.update(table, plan, parameters, control);
    }

    /** Deletes the rows that a plan finds; otherwise as {@link #executeUpdate}. */
    public long executeDelete(
            TableDefinition table, PhysicalPlan plan, List<Literal> parameters, QueryControl control) {
        return changes.delete(table, plan, parameters, control);
    }

    /** Deletes all rows of a table. */
    public long deleteAll(TableDefinition table, QueryControl control) {
        return changes.deleteAll(table, control);
    }

    /**
     * Starts a query on a thread of its own.
     *
     * @param parameters a value for each parameter of the plan
     * @param sink receives the result, all of it on the query's thread
     */
    public RunningQuery start(PhysicalPlan plan, List<Literal> parameters, QuerySink sink, QueryOptions options) {
        PhysicalPlan bound = ParameterBinding.bind(plan, parameters);
        QueryTask task = new QueryTask(nextQueryId.getAndIncrement(), bound, sink, options, runtime);
        running.put(task.id(), task);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            running.remove(task.id());
            if (threads.isShutdown()) {
                throw new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the server is shutting down", e);
            }
            throw new ThalwegException(
                            ErrorCode.TOO_MANY_QUERIES, "the server already runs " + running.size() + " queries", e)
                    .withHint("Cancel a query that is no longer needed, or raise the server's option max-queries.");
        }
        return task;
    }

    /** A number that no other query of this server process has. */
    public long newQueryId() {
        return nextQueryId.getAndIncrement();
    }

    /** All queries that run and all materialized views. */
    public List<QueryStatus> queries() {
        List<QueryStatus> statuses = new ArrayList<>();
        running.values().forEach(task -> statuses.add(task.status()));
        kept.views().forEach(view -> statuses.add(status(view)));
        statuses.addAll(continuous.statuses());
        statuses.sort(Comparator.comparingLong(QueryStatus::id));
        return statuses;
    }

    /** The materialized view as a query that runs; empty for other objects, and until it has been started. */
    public Optional<QueryStatus> viewStatus(CatalogObject view) {
        return kept.view(view.id()).map(QueryEngine::status);
    }

    private static QueryStatus status(DomainView view) {
        return new QueryStatus(
                view.queryId(),
                Optional.of(view.definition().name().toString()),
                "MATERIALIZED VIEW",
                view.definition().query(),
                view.state().word(),
                view.rowCount(),
                view.steps(),
                view.watermark(),
                Long.MIN_VALUE,
                view.stateBytes(),
                Optional.empty());
    }

    /** How many blocks of the log the scans of queries have decoded. */
    public long readBlocks() {
        return runtime.scanned().readBlocks();
    }

    /** How many they have left alone because no row of them was wanted. */
    public long skippedBlocks() {
        return runtime.scanned().skippedBlocks();
    }

    /** The partitions of a stream or a table. */
    public Shards shards(CatalogObject object) {
        return store.require(object.id(), object.name().toString()).shards();
    }

    /** How many rows an object has: of a stream also the late ones; empty for what keeps no rows. */
    public Optional<Long> rowCount(CatalogObject object) {
        if (object instanceof StreamDefinition) {
            return Optional.of(shards(object).current().logs().stream()
                    .mapToLong(log -> log.endOffset() - log.startOffset())
                    .sum());
        }
        return kept.find(object.id()).map(DomainRelation::rowCount);
    }

    /**
     * Ends a piece of work if it takes longer than this, by its control; closing takes the limit away.
     *
     * @param nanos 0 for no limit
     */
    public Deadline deadline(QueryControl control, long nanos) {
        return new Deadline(runtime.scheduleTimeout(nanos, control));
    }

    /** Ends all queries. The log is closed by its owner afterwards. */
    @Override
    public void close() {
        // No query starts from here on, so that none is missed below.
        threads.shutdown();
        running.values().forEach(task -> task.cancel(ErrorCode.SERVER_SHUTTING_DOWN));
        kept.stopBuilding();
        continuous.close();
        domain.close();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} queries do not end and are left behind", running.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }
}
