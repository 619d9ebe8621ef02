package io.thalweg.server.query;

import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.view.DeltaAccumulator;
import io.thalweg.runtime.view.MaterializedView;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A materialized view: a pipeline and the rows it has built. An error of the query stops the view, not the domain.
 *
 * <p>It holds the rows of its streams as long as it exists, since every start builds it from them anew: a view never
 * tells of rows that retention has removed, nor of fewer than it told of before.
 */
final class DomainView implements DomainRelation, PipelineSink {
    private final long queryId;
    private final MaterializedViewDefinition definition;
    private final Set<Long> logs;
    private final Set<Long> relations;
    private final Pipeline pipeline;
    private final PlanInputs inputs;
    private final MaterializedView rows;
    private final DeltaAccumulator delta;
    private final RelationState state;
    private final QueryControl own = new QueryControl();
    // Changes once, when the view is handed over from the statement that builds it to the domain.
    private volatile StopCheck stop;
    // Written by the domain's thread, read by any.
    private volatile long rowCount;
    private volatile long steps;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long stateBytes;

    /**
     * @param queryId the number under which SYS.QUERIES shows it
     * @param stop asked while it takes in a step
     */
    DomainView(
            long queryId,
            MaterializedViewDefinition definition,
            Function<ScanNode, StoredRelation> stored,
            PipelineConfig config,
            StopCheck stop) {
        this.queryId = queryId;
        this.definition = definition;
        this.stop = stop;
        this.state = new RelationState(title(definition));
        this.pipeline = Pipeline.build(definition.plan(), this, config.withCancellationCheck(this::checkStop));
        this.rows = new MaterializedView(definition.type());
        this.delta = new DeltaAccumulator(definition.type());
        this.inputs = new PlanInputs(pipeline, stored, DomainView::noSystemTable, this::checkStop, title(definition));
        this.logs = sources(Set.of(SourceKind.STREAM, SourceKind.LATE_ROWS));
        this.relations = sources(Set.of(SourceKind.TABLE, SourceKind.MATERIALIZED_VIEW));
    }

    private static String title(MaterializedViewDefinition definition) {
        return definition.kind().noun() + " " + definition.name();
    }

    private void checkStop() {
        own.check();
        stop.check();
    }

    /** From here on this check is asked. */
    void handOver(StopCheck newStop) {
        stop = newStop;
    }

    /** Ends the step that is under way, and with it the view. */
    void stop(ThalwegException reason) {
        own.cancel(reason);
    }

    /** Lets go of the rows that the next start would have built the view from; the last call. */
    void close() {
        inputs.close();
    }

    private static List<DeltaBatch> noSystemTable(String name, List<Integer> columns) {
        throw new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "system table " + name + " cannot be read by a materialized view");
    }

    private Set<Long> sources(Set<SourceKind> kinds) {
        return pipeline.scans().stream()
                .filter(scan -> kinds.contains(scan.kind()))
                .map(ScanNode::objectId)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long id() {
        return definition.id();
    }

    @Override
    public String title() {
        return title(definition);
    }

    @Override
    public RowType type() {
        return definition.type();
    }

    @Override
    public Set<Long> logs() {
        return logs;
    }

    @Override
    public Set<Long> relations() {
        return relations;
    }

    @Override
    public List<DeltaBatch> step(StepInput input) {
        long step = steps + 1;
        watermark = inputs.step(input, step);
        List<DeltaBatch> changes = delta.drain();
        changes.forEach(rows::apply);
        rowCount = rows.rowCount();
        stateBytes = pipeline.stateSize().bytes();
        steps = step;
        return changes;
    }

    @Override
    public void accept(DeltaBatch batch) {
        delta.add(batch);
    }

    @Override
    public void stepDone(StepInfo step) {
        // The rows of the step are taken by step().
    }

    @Override
    public List<DeltaBatch> snapshot() {
        return rows.snapshot();
    }

    @Override
    public boolean ticks() {
        return NowFilterNode.isIn(definition.plan().root());
    }

    @Override
    public RelationState state() {
        return state;
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    long queryId() {
        return queryId;
    }

    MaterializedViewDefinition definition() {
        return definition;
    }

    long steps() {
        return steps;
    }

    long watermark() {
        return watermark;
    }

    long stateBytes() {
        return stateBytes;
    }
}
