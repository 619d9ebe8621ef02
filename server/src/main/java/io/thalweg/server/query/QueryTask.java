package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.server.failure.UserError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query on its own thread, from its header to its end. */
final class QueryTask implements Runnable, RunningQuery {
    private static final Logger LOG = LoggerFactory.getLogger(QueryTask.class);
    /** So much of a statement helps to find it in the log. */
    private static final int LOGGED_TEXT = 1_000;

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
        ThalwegException error = null;
        try (Deadline timeout = new Deadline(runtime.scheduleTimeout(options.timeoutNanos(), control))) {
            execute(timeout);
            sink.flush();
        } catch (RuntimeException | Error e) {
            error = UserError.of("query " + id + " (" + shortText() + ")", e);
        } finally {
            runtime.finished(this);
        }
        end(error);
    }

    private String shortText() {
        String text = options.text();
        return text.length() <= LOGGED_TEXT ? text : text.substring(0, LOGGED_TEXT) + "…";
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

    private void execute(Deadline timeout) {
        ResultWriter results = new ResultWriter(plan, sink, control, options.maxRows());
        writer = results;
        Pipeline pipeline = Pipeline.build(plan, results, runtime.pipelineConfig(control));
        boolean endless = plan.emitMode() != EmitMode.SNAPSHOT;
        sink.header(results.type(), endless, results.isChangelog());
        try (StepSource source = runtime.stepSource(plan, pipeline, control);
                PlanInputs inputs = runtime.inputs(plan, pipeline, control, "query " + id)) {
            if (endless) {
                follow(source, inputs, pipeline, timeout);
            } else {
                watermark = inputs.onlyStep(source.first());
                steps = 1;
                sink.progress(steps, watermark);
            }
        } catch (ResultLimitReached e) {
            LOG.trace("query {} has delivered {} rows", id, options.maxRows());
        }
    }

    private void follow(StepSource source, PlanInputs inputs, Pipeline pipeline, Deadline timeout) {
        StepInput input = source.first();
        while (true) {
            long step = steps + 1;
            watermark = inputs.step(input, step);
            steps = step;
            stateBytes = pipeline.stateSize().bytes();
            sink.progress(step, watermark);
            // An endless query that is held up must not keep a disk filling: from here on it has to keep up.
            inputs.close();
            timeout.close();
            input = source.next();
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
                Optional.empty(),
                plan.emitMode().name(),
                options.text(),
                state,
                results == null ? 0 : results.rows(),
                steps,
                watermark,
                startedMicros,
                stateBytes,
                Optional.empty());
    }
}
