package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the engine gives to each query that it runs. Thread-safe. */
final class QueryRuntime implements AutoCloseable {
    private final RelationStore store;
    private final StepDomain domain;
    private final SystemTableSource systemTables;
    private final QueryEngineConfig config;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timeouts;
    private final Consumer<QueryTask> whenFinished;
    private final ScanCounters scanned = new ScanCounters();

    QueryRuntime(
            RelationStore store,
            StepDomain domain,
            SystemTableSource systemTables,
            QueryEngineConfig config,
            Clock clock,
            Consumer<QueryTask> whenFinished) {
        this.store = store;
        this.domain = domain;
        this.systemTables = systemTables;
        this.config = config;
        this.clock = clock;
        this.whenFinished = whenFinished;
        this.timeouts = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "thalweg-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        timeouts.setRemoveOnCancelPolicy(true);
    }

    Clock clock() {
        return clock;
    }

    PipelineConfig pipelineConfig(StopCheck stop) {
        return PipelineConfig.of(config.maxStateBytes()).withCancellationCheck(stop::check);
    }

    /** How many bytes a query may hold. */
    long maxStateBytes() {
        return config.maxStateBytes();
    }

    /** @param reader for whom rows are held until the inputs are closed */
    PlanInputs inputs(PhysicalPlan plan, Pipeline pipeline, QueryControl control, String reader) {
        return new PlanInputs(
                pipeline,
                scan -> store.require(scan.objectId(), scan.name()),
                systemTables,
                ScanConditions.of(plan, scanned),
                control,
                reader);
    }

    /** What the scans of queries did. */
    ScanCounters scanned() {
        return scanned;
    }

    /** Steps from the domain if the pipeline reads a relation that the domain keeps, otherwise from the logs. */
    StepSource stepSource(PhysicalPlan plan, Pipeline pipeline, QueryControl control) {
        StepPace pace = StepPace.of(plan, clock);
        Map<Long, RowType> relations = new HashMap<>();
        Set<Long> streams = new HashSet<>();
        for (ScanNode scan : pipeline.scans()) {
            if (scan.kind() == SourceKind.TABLE || scan.kind() == SourceKind.MATERIALIZED_VIEW) {
                relations.put(scan.objectId(), store.keptType(scan.objectId(), scan.name()));
            } else if (scan.kind() != SourceKind.SYSTEM_TABLE) {
                streams.add(scan.objectId());
            }
        }
        if (!relations.isEmpty()) {
            return new FeedStepSource(domain, new DomainFeed(relations, streams), control, pace);
        }
        List<StoredRelation> logs =
                streams.stream().map(id -> store.require(id, "stream " + id)).toList();
        return new LogStepSource(logs, control, pace);
    }

    /** Cancels the query after so long; never if 0. */
    Future<?> scheduleTimeout(long nanos, QueryControl control) {
        if (nanos == 0) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return timeouts.schedule(() -> control.cancel(ErrorCode.QUERY_TIMEOUT), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            control.cancel(ErrorCode.SERVER_SHUTTING_DOWN);
            return CompletableFuture.completedFuture(null);
        }
    }

    void finished(QueryTask task) {
        whenFinished.accept(task);
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
    }
}
