package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.view.ChangelogEncoder;
import io.thalweg.runtime.view.DeltaAccumulator;
import java.util.Optional;

/** Turns the deltas of a pipeline into the rows that a user sees. One thread. */
final class ResultWriter implements PipelineSink {
    private final QuerySink sink;
    private final QueryControl control;
    private final long maxRows;
    private final RowType type;
    private final Optional<ChangelogEncoder> changelog;
    private final DeltaAccumulator step;
    private boolean firstStep = true;
    // Written by the query's thread, read by SYS.QUERIES.
    private volatile long rows;

    ResultWriter(PhysicalPlan plan, QuerySink sink, QueryControl control, long maxRows) {
        this.sink = sink;
        this.control = control;
        this.maxRows = maxRows;
        boolean changing = plan.emitMode() != EmitMode.SNAPSHOT && !plan.appendOnly();
        this.changelog = changing ? Optional.of(new ChangelogEncoder(plan.type(), plan.key())) : Optional.empty();
        this.step = new DeltaAccumulator(plan.type());
        this.type = changing ? ChangelogEncoder.changelogType(plan.type()) : plan.type();
    }

    RowType type() {
        return type;
    }

    boolean isChangelog() {
        return changelog.isPresent();
    }

    long rows() {
        return rows;
    }

    @Override
    public void accept(DeltaBatch delta) {
        if (changelog.isEmpty()) {
            write(WeightedRows.repeat(delta));
        } else if (firstStep && delta.weights() == null) {
            // There is nothing yet that could change: rows go out as they come.
            changelog.get().encode(delta).forEach(this::write);
        } else {
            step.add(delta);
        }
    }

    @Override
    public void stepDone(StepInfo info) {
        firstStep = false;
        // Summed up, so that a row that was deleted and inserted again within the step is not mentioned.
        changelog.ifPresent(encoder -> encoder.encode(step.drain()).forEach(this::write));
    }

    private void write(DeltaBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        control.check();
        long room = maxRows == 0 ? Long.MAX_VALUE : maxRows - rows;
        DeltaBatch taken = batch.rowCount() <= room ? batch : batch.slice(0, (int) room);
        sink.rows(taken);
        long written = rows + taken.rowCount();
        rows = written;
        if (taken.rowCount() == room) {
            throw new ResultLimitReached();
        }
    }
}
