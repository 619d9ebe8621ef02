package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LiteralRows;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the rows of INSERT statements on the thread of the caller. Thread-safe. */
final class InsertRunner {
    private final QueryRuntime runtime;

    InsertRunner(QueryRuntime runtime) {
        this.runtime = runtime;
    }

    List<DeltaBatch> rows(PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        parameters.ifPresent(batch -> check(batch, plan.parameterTypes()));
        if (parameters.isPresent() && passesParameters(plan.root())) {
            return List.of(parameters.get());
        }
        if (plan.root() instanceof ValuesNode values) {
            return List.of(LiteralRows.batch(values.type(), values.rows()));
        }
        return run(plan, parameters, control);
    }

    private static void check(DeltaBatch parameters, List<SqlType> types) {
        boolean fits = parameters.columnCount() == types.size() && parameters.weights() == null;
        for (int i = 0; fits && i < types.size(); i++) {
            fits = parameters.column(i).kind() == types.get(i).kind();
        }
        if (!fits) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH, "the bound values do not have the types of the parameters " + types);
        }
    }

    /** Whether the rows of the plan are the bound values themselves. */
    private static boolean passesParameters(PlanNode node) {
        if (node instanceof ParametersNode) {
            return true;
        }
        if (!(node instanceof CalcNode calc)
                || !(calc.input() instanceof ParametersNode)
                || calc.condition().isPresent()
                || calc.projections().size() != calc.input().type().size()) {
            return false;
        }
        for (int i = 0; i < calc.projections().size(); i++) {
            if (!(calc.projections().get(i) instanceof ColumnReference column) || column.column() != i) {
                return false;
            }
        }
        return true;
    }

    private List<DeltaBatch> run(PhysicalPlan plan, Optional<DeltaBatch> parameters, QueryControl control) {
        Collector collector = new Collector(runtime.maxStateBytes());
        Pipeline pipeline = Pipeline.build(plan, collector, runtime.pipelineConfig(control));
        parameters.ifPresent(pipeline::pushParameters);
        try (StepSource source = runtime.stepSource(plan, pipeline, control);
                PlanInputs inputs = runtime.inputs(plan, pipeline, control, "an INSERT")) {
            inputs.onlyStep(source.first());
        }
        return collector.rows;
    }

    /** Keeps all rows until the last is computed, since either all are inserted or none; so there is a limit. */
    private static final class Collector implements PipelineSink {
        private final List<DeltaBatch> rows = new ArrayList<>();
        private final long maxBytes;
        private long bytes;

        Collector(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public void accept(DeltaBatch delta) {
            DeltaBatch more = WeightedRows.repeat(delta);
            bytes += BatchSize.bytes(more);
            if (bytes > maxBytes) {
                throw new ThalwegException(
                                ErrorCode.OUT_OF_MEMORY,
                                "the rows to insert need more than the " + maxBytes + " bytes that a query may hold")
                        .withHint("Insert them in parts, or raise the server's option query-memory.");
            }
            rows.add(more);
        }

        @Override
        public void stepDone(StepInfo step) {
            // There is one step, and run() ends it.
        }
    }
}
