package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.runtime.pipeline.Pipeline;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query on its own thread, from its header to its end. */
final class QueryTask implements Runnable, RunningQuery {
    private static final Logger LOG = LoggerFactory.getLogger(QueryTask.class);

    private final long id;
    private final PhysicalPlan plan;
    private final QuerySink sink;
    private final QueryOptions options;
    private final QueryRuntime runtime;
    private final QueryControl control = new QueryControl();
    private final long startedMicros;
    // Written by the query's thread, read by SYS.QUERIES.
    private volatile String state = "RUNNING";
    private volatile long steps;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long stateBytes;
    private volatile @Nullable ResultWriter writer;

    QueryTask(long id, PhysicalPlan plan, QuerySink sink, QueryOptions options, QueryRuntime runtime) {
        this.id = id;
        this.plan = plan;
        this.sink = sink;
        this.options = options;
        this.runtime = runtime;
        this.startedMicros = runtime.clock().epochMicros();
        control.onCancel(sink::wake);
    }

    @Override
    public void run() {
        Future<?> timeout = runtime.scheduleTimeout(options.timeoutNanos(), control);
        ThalwegException error = null;
        try {
            execute(timeout);
        } catch (ResultLimitReached e) {
            LOG.trace("query {} has delivered {} rows", id, options.maxRows());
        } catch (ThalwegException e) {
            error = e;
        } catch (OutOfMemoryError e) {
            error = new ThalwegException(ErrorCode.OUT_OF_MEMORY, "the query needs more memory than there is", e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("query {} has failed: {}", id, options.text(), e);
            error = new ThalwegException(ErrorCode.INTERNAL_ERROR, "internal error in query " + id, e);
        } finally {
            timeout.cancel(false);
            runtime.finished(this);
        }
        end(error);
    }

    private void end(@Nullable ThalwegException error) {
        // A reason given from outside explains errors that the stop itself caused.
        if (error != null && control.isCanceled()) {
            try {
                control.check();
            } catch (ThalwegException reason) {
                error = reason;
            }
        }
        state = error == null ? "COMPLETED" : control.isCanceled() ? "CANCELED" : "FAILED";
        try {
            if (error == null) {
                sink.completed();
            } else {
                sink.failed(error);
            }
        } catch (RuntimeException e) {
            LOG.debug("the receiver of query {} is gone", id, e);
        }
    }

    private void execute(Future<?> timeout) {
        boolean endless = plan.emitMode() != EmitMode.SNAPSHOT;
        ResultWriter results = new ResultWriter(plan, sink, control, options.maxRows());
        writer = results;
        Pipeline pipeline = Pipeline.build(plan, results, runtime.pipelineConfig(control));
        sink.header(results.type(), endless, results.isChangelog());
        try (StepSource source = runtime.stepSource(pipeline, control)) {
            PlanInputs inputs = runtime.inputs(pipeline, control);
            StepInput input = source.first();
            if (!endless) {
                watermark = inputs.onlyStep(input);
                steps = 1;
                sink.progress(steps, watermark);
                return;
            }
            while (true) {
                long step = steps + 1;
                watermark = inputs.step(input, step);
                steps = step;
                stateBytes = pipeline.stateSize().bytes();
                sink.progress(step, watermark);
                timeout.cancel(false);
                input = source.next();
            }
        }
    }

    /** Whether the query reads the object of this id. */
    boolean reads(long objectId) {
        return PlanSources.scans(plan).stream().anyMatch(scan -> scan.objectId() == objectId);
    }

    void cancel(ThalwegException reason) {
        control.cancel(reason);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void cancel(ErrorCode reason) {
        control.cancel(reason);
    }

    @Override
    public boolean isDone() {
        return !state.equals("RUNNING");
    }

    @Override
    public QueryStatus status() {
        ResultWriter results = writer;
        return new QueryStatus(
                id,
                plan.emitMode().name(),
                options.text(),
                state,
                results == null ? 0 : results.rows(),
                steps,
                watermark,
                startedMicros,
                stateBytes);
    }
}
