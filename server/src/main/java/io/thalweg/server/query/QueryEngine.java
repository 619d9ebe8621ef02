package io.thalweg.server.query;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.ParameterBinding;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs everything that moves rows: inserts into the log, the domain that keeps tables and materialized views, and queries,
 * each on a thread of its own. Thread-safe; changes of the catalog come one at a time.
 */
public final class QueryEngine implements AutoCloseable {
    private final RelationStore store;
    private final StepDomain domain;
    private final QueryControl domainControl = new QueryControl();
    private final QueryRuntime runtime;
    private final RowIngest ingest = new RowIngest();
    private final InsertRunner inserts;
    private final ThreadPoolExecutor threads;
    private final AtomicLong nextQueryId = new AtomicLong(1);
    private final Map<Long, QueryTask> running = new ConcurrentHashMap<>();
    private final Map<Long, DomainView> views = new ConcurrentHashMap<>();
    private final Map<Long, DomainTable> tables = new ConcurrentHashMap<>();

    public QueryEngine(LogStore log, SystemTableSource systemTables, QueryEngineConfig config, Clock clock) {
        this.store = new RelationStore(log);
        this.domain = new StepDomain(id -> store.require(id, "relation " + id), domainControl);
        this.runtime =
                new QueryRuntime(store, domain, systemTables, config, clock, task -> running.remove(task.id(), task));
        this.inserts = new InsertRunner(runtime);
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
     */
    public void start(CatalogSnapshot catalog) {
        domain.start();
        catalog.objects().stream()
                .sorted(Comparator.comparingLong(CatalogObject::id))
                .forEach(this::attach);
    }

    /**
     * Makes the storage of a new object; a materialized view is built before this returns.
     *
     * @throws ThalwegException if it cannot be; nothing of the object remains then
     */
    public void create(CatalogObject object) {
        try {
            attach(object).join();
        } catch (CompletionException e) {
            drop(object);
            if (e.getCause() instanceof ThalwegException error) {
                throw new ThalwegException(error.code(), error.message(), error);
            }
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "cannot build " + object.name(), e);
        }
    }

    private CompletableFuture<Void> attach(CatalogObject object) {
        if (object instanceof StreamDefinition stream) {
            store.add(stream);
        } else if (object instanceof TableDefinition table) {
            DomainTable relation = new DomainTable(table, store.add(table), domainControl);
            tables.put(table.id(), relation);
            return domain.attach(relation);
        } else if (object instanceof MaterializedViewDefinition view) {
            store.add(view);
            DomainView relation = new DomainView(
                    nextQueryId.getAndIncrement(),
                    view,
                    scan -> store.require(scan.objectId(), scan.name()),
                    runtime.pipelineConfig(domainControl),
                    domainControl);
            views.put(view.id(), relation);
            return domain.attach(relation);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Deletes the rows of an object. Queries that read it end with an error that says so. */
    public void drop(CatalogObject object) {
        ThalwegException reason = new ThalwegException(
                ErrorCode.UNDEFINED_OBJECT, object.kind().noun() + " " + object.name() + " was dropped");
        if (object.id() == 0) {
            return;
        }
        domain.detach(object.id(), reason);
        views.remove(object.id());
        tables.remove(object.id());
        running.values().stream().filter(task -> task.reads(object.id())).forEach(task -> task.cancel(reason));
        store.remove(object.id());
    }

    /**
     * Appends rows to a stream or a table and waits until they are as durable as it promises.
     *
     * @param rows batches of its stored columns
     * @return how many rows there were
     */
    public long insert(CatalogObject target, List<DeltaBatch> rows) {
        return ingest.ingest(store.require(target.id(), target.name().toString()), rows);
    }

    /**
     * Computes the rows of an INSERT and appends them, all or, if computing them fails, none.
     *
     * @param plan of the target's stored columns
     * @param parameters one row for each set of values that was bound; none for a statement without parameters
     */
    public long executeInsert(
            CatalogObject target, PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        return insert(target, inserts.rows(plan, parameters, control));
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
            throw new ThalwegException(
                            ErrorCode.TOO_MANY_QUERIES, "the server already runs " + running.size() + " queries", e)
                    .withHint("Cancel a query that is no longer needed, or raise the server's option max-queries.");
        }
        return task;
    }

    /** All queries that run and all materialized views. */
    public List<QueryStatus> queries() {
        List<QueryStatus> statuses = new ArrayList<>();
        running.values().forEach(task -> statuses.add(task.status()));
        views.values().forEach(view -> statuses.add(status(view)));
        statuses.sort(Comparator.comparingLong(QueryStatus::id));
        return statuses;
    }

    private static QueryStatus status(DomainView view) {
        return new QueryStatus(
                view.queryId(),
                "MATERIALIZED VIEW",
                view.definition().query(),
                view.failure().isPresent() ? "FAILED" : "RUNNING",
                view.rowCount(),
                view.steps(),
                view.watermark(),
                Long.MIN_VALUE,
                view.stateBytes());
    }

    /** The partitions of a stream or a table; none for other objects. */
    public List<PartitionStatus> partitions(CatalogObject object) {
        if (!(object instanceof StreamDefinition || object instanceof TableDefinition)) {
            return List.of();
        }
        StoredRelation relation = store.require(object.id(), object.name().toString());
        List<PartitionStatus> statuses = new ArrayList<>();
        for (int i = 0; i < relation.partitions().size(); i++) {
            PartitionLog log = relation.partitions().get(i);
            statuses.add(new PartitionStatus(i, log.startOffset(), log.endOffset(), log.runningMaxEventTime()));
        }
        return statuses;
    }

    /** How many rows an object has: of a stream also the late ones; empty for what keeps no rows. */
    public Optional<Long> rowCount(CatalogObject object) {
        if (object instanceof StreamDefinition) {
            return Optional.of(partitions(object).stream()
                    .mapToLong(p -> p.endOffset() - p.startOffset())
                    .sum());
        }
        DomainRelation relation = object instanceof TableDefinition ? tables.get(object.id()) : views.get(object.id());
        return Optional.ofNullable(relation).map(DomainRelation::rowCount);
    }

    /** Ends all queries. The log is closed by its owner afterwards. */
    @Override
    public void close() {
        running.values().forEach(task -> task.cancel(ErrorCode.SERVER_SHUTTING_DOWN));
        threads.shutdown();
        domain.close();
        runtime.close();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
