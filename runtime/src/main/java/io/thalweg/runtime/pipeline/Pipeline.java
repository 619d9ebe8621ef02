package io.thalweg.runtime.pipeline;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.Output;
import io.thalweg.runtime.operator.StepTime;
import io.thalweg.runtime.operator.ValuesOperator;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plan made ready to run. Rows are pushed into its scans, any number of batches a step and in any order; the end of the
 * step evaluates it to completion. Rows of the result reach the sink from within these calls, some at once, the rest by
 * the end of the step. There are no threads, no log and no SQL inside.
 *
 * <p>One owner thread at a time. After a method has thrown, the pipeline is in no defined state and must be dropped.
 */
public final class Pipeline {
    private final PipelineSink sink;
    private final PipelineConfig config;
    private final List<ScanNode> scans;
    private final Stage[] scanStages;
    private final List<Stage> parameters;
    private final Map<Stage, ValuesOperator> values;
    private final List<Stage> stages;
    private final List<Stage> repeated;
    private final Stage root;
    private final StepTime time;
    private final boolean[] ended;
    private boolean started;

    private Pipeline(PipelineBuilder builder, Stage root, PipelineSink sink, PipelineConfig config) {
        this.sink = sink;
        this.config = config;
        this.scans = List.copyOf(builder.scans().keySet());
        this.scanStages = builder.scans().values().toArray(Stage[]::new);
        this.parameters = List.copyOf(builder.parameters());
        this.values = builder.values();
        this.stages = List.copyOf(builder.ordered());
        this.repeated = List.copyOf(builder.repeated());
        this.root = root;
        this.time = builder.time();
        this.ended = new boolean[scans.size()];
    }

    /** Makes a plan ready to run; this compiles its expressions. */
    public static Pipeline build(PhysicalPlan plan, PipelineSink sink, PipelineConfig config) {
        PipelineBuilder builder = new PipelineBuilder(plan.emitMode(), config);
        Stage root = builder.stage(plan.root());
        Operator delivery = new Operator() {
            @Override
            public void onDelta(int port, DeltaBatch batch, Output output) {
                sink.accept(batch);
            }
        };
        root.addConsumer(new Stage("Sink", delivery, MemoryAccount.unlimited("Sink"), List.of(), false), 0);
        return new Pipeline(builder, root, sink, config);
    }

    /** The scans that the plan reads, each once; the index is the scan's number. */
    public List<ScanNode> scans() {
        return scans;
    }

    /**
     * Says what the current time is, before the rows of a step; a plan that does not ask for it need not be told.
     *
     * @param nowMicros microseconds since 1970 in UTC
     */
    public void beginStep(long nowMicros) {
        time.advanceTo(nowMicros);
    }

    /** Rows of a scan have changed. */
    public void push(int scan, DeltaBatch batch) {
        if (ended[scan]) {
            throw new IllegalStateException("scan " + scan + " has ended");
        }
        start();
        if (!batch.isEmpty()) {
            config.cancellationCheck().run();
            scanStages[scan].receive(0, batch);
        }
    }

    /** The values that the parameters of a prepared statement are bound to, one row for each execution. */
    public void pushParameters(DeltaBatch batch) {
        start();
        if (!batch.isEmpty()) {
            for (Stage stage : parameters) {
                stage.receive(0, batch);
            }
        }
    }

    /**
     * Tells that no more rows of a scan will ever come. Never needed, but it saves memory: a join keeps no rows for a side that
     * has ended. So a snapshot best pushes and ends its scans one after the other, the largest last.
     */
    public void endScan(int scan) {
        start();
        if (!ended[scan]) {
            ended[scan] = true;
            scanStages[scan].end();
        }
    }

    /**
     * Whether the answer of a snapshot cannot change by what may still be pushed, because its LIMIT has been reached; then the
     * step may be ended at once.
     */
    public boolean isSatisfied() {
        return root.isSatisfied();
    }

    /**
     * Evaluates the step to completion, closes what the watermarks close, and tells the sink that the step is done.
     *
     * @param step with a watermark for each scan
     */
    public void endStep(StepInfo step) {
        start();
        long[] watermarks = step.watermarks();
        if (watermarks.length != scanStages.length) {
            throw new IllegalArgumentException(watermarks.length + " watermarks for " + scanStages.length + " scans");
        }
        for (int i = 0; i < scanStages.length; i++) {
            scanStages[i].advanceTo(scans.get(i).hasWatermark() ? watermarks[i] : Long.MAX_VALUE);
        }
        for (Stage stage : stages) {
            config.cancellationCheck().run();
            stage.endStep();
        }
        sink.stepDone(step);
    }

    /** What the operators remember. */
    public StateSize stateSize() {
        return new StateSize(Stream.concat(stages.stream(), repeated.stream())
                .map(Stage::size)
                .filter(size -> size.bytes() > 0)
                .toList());
    }

    /** Lets out the fixed relations, before anything else. */
    private void start() {
        if (!started) {
            started = true;
            parameters.forEach(stage -> stage.advanceTo(Long.MAX_VALUE));
            values.forEach((stage, operator) -> {
                stage.advanceTo(Long.MAX_VALUE);
                operator.emitAll(stage);
                stage.end();
            });
        }
    }
}
