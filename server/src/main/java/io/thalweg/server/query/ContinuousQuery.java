package io.thalweg.server.query;

import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.server.failure.UserError;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a continuous query: it builds the answer from all rows of its inputs, which it holds as a materialized view
 * does, writes what its target lacks, and follows. Its thread runs from {@link #start()} to {@link #stop}; before and after, until
 * {@link #close()}, it only holds rows.
 */
final class ContinuousQuery implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContinuousQuery.class);

    private final long queryId;
    private final ContinuousQueryDefinition definition;
    private final QueryRuntime runtime;
    private final QueryOutput output;
    private final QueryControl control = new QueryControl();
    private final Pipeline pipeline;
    private final PlanInputs inputs;
    private final Thread thread;
    // Written by the query's thread, read by SYS.QUERIES.
    private volatile String state = "PAUSED";
    private volatile long steps;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long stateBytes;
    private volatile long startedMicros;

    /** @param queryId the number under which SYS.QUERIES shows it */
    ContinuousQuery(long queryId, ContinuousQueryDefinition definition, QueryRuntime runtime, QueryOutput output) {
        this.queryId = queryId;
        this.definition = definition;
        this.runtime = runtime;
        this.output = output;
        this.pipeline = Pipeline.build(definition.plan(), output, runtime.pipelineConfig(control));
        this.inputs = runtime.inputs(definition.plan(), pipeline, control, title());
        this.thread = new Thread(this, "thalweg-continuous");
        thread.setDaemon(true);
    }

    private String title() {
        return "query " + definition.name();
    }

    ContinuousQueryDefinition definition() {
        return definition;
    }

    void start() {
        state = "RUNNING";
        startedMicros = runtime.clock().epochMicros();
        thread.start();
    }

    /** Ends the thread and waits for it; what it had to write is written or will be found missing. */
    void stop(ErrorCode reason) {
        control.cancel(reason);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        state = "PAUSED";
    }

    @Override
    public void run() {
        try (StepSource source = runtime.stepSource(definition.plan(), pipeline, control)) {
            output.recover(control);
            StepInput input = source.first();
            while (true) {
                long step = steps + 1;
                watermark = inputs.step(input, step);
                control.check();
                output.finishStep();
                stateBytes = pipeline.stateSize().bytes();
                steps = step;
                input = source.next();
            }
        } catch (RuntimeException | Error failure) {
            if (!control.isCanceled()) {
                ThalwegException reason = UserError.of(title(), failure);
                state = "FAILED";
                LOG.warn("{} has failed: {}", title(), reason.message());
            }
        }
    }

    @Override
    public void close() {
        inputs.close();
        output.close();
    }

    QueryStatus status() {
        return new QueryStatus(
                queryId,
                Optional.of(definition.name().toString()),
                "INSERT",
                definition.query(),
                state,
                output.rows(),
                steps,
                watermark,
                startedMicros,
                stateBytes,
                Optional.empty());
    }
}
