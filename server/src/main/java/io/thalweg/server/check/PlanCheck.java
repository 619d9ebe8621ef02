package io.thalweg.server.check;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a plan with the one that comes of the query without any of the optional rewrite stages, over many tiny databases.
 * Sub-queries take another way in it, too. What picks rows by an order is not compared, since rows that are equal in it may be
 * told apart by columns that one of the plans has dropped.
 */
public final class PlanCheck {
    private static final int DATABASES = 40;
    private static final long MAX_STATE_BYTES = 64L << 20;

    private final Replanner replanner;
    private final SampleRows rows;

    /** Plans the same query without some of the rewrite stages. */
    public interface Replanner {
        PlannedQuery without(Set<String> stages);
    }

    private PlanCheck(Replanner replanner, SampleRows rows) {
        this.replanner = replanner;
        this.rows = rows;
    }

    /**
     * Throws INTERNAL_ERROR, which names the stage, if two plans have different answers.
     *
     * @param text of the query, whose constants the rows are made of
     */
    public static void check(PlannedQuery planned, String text, Replanner replanner) {
        if (planned.dependsOnTime() || !isComparable(planned.plan().root())) {
            return;
        }
        PhysicalPlan plain =
                replanner.without(Set.copyOf(Planner.optionalStages())).plan();
        if (isComparable(plain.root())) {
            new PlanCheck(replanner, new SampleRows(planned.dependencies(), text)).compare(planned.plan(), plain);
        }
    }

    private static boolean isComparable(PlanNode node) {
        boolean picks = node instanceof TopNNode
                || node instanceof OverNode
                || node instanceof MatchNode
                || node instanceof AsofJoinNode
                || (node instanceof SortNode sort && (sort.limit().isPresent() || sort.offset() > 0));
        boolean isUnknown = node instanceof ParametersNode
                || node instanceof NowFilterNode
                || (node instanceof ScanNode scan && !isKnown(scan));
        return !picks && !isUnknown && node.inputs().stream().allMatch(PlanCheck::isComparable);
    }

    /** Of a view the planner may know more than that its rows have these columns. */
    private static boolean isKnown(ScanNode scan) {
        return (scan.kind() == SourceKind.STREAM || scan.kind() == SourceKind.TABLE) && SampleRows.canMake(scan);
    }

    private void compare(PhysicalPlan plan, PhysicalPlan plain) {
        for (int database = 0; database < DATABASES; database++) {
            Optional<String> answer = answer(plan, database);
            Optional<String> other = answer(plain, database);
            if (answer.isPresent() && other.isPresent() && !answer.equals(other)) {
                throw different(answer.get(), other.get(), database);
            }
        }
    }

    private ThalwegException different(String answer, String other, int database) {
        Set<String> guilty = new LinkedHashSet<>();
        for (String stage : Planner.optionalStages()) {
            Optional<String> without = answer(replanner.without(Set.of(stage)).plan(), database);
            if (without.isPresent() && !without.get().equals(answer)) {
                guilty.add(stage);
            }
        }
        String stages = guilty.isEmpty() ? "several stages together change" : String.join(" or ", guilty) + " changes";
        return new ThalwegException(
                        ErrorCode.INTERNAL_ERROR,
                        "the planner's check has found two answers to the query: " + stages + " it",
                        new IllegalStateException("over database " + database + "\nwith all stages\n" + answer
                                + "\nwithout the optional ones\n" + other))
                .withHint("SET planner_disable leaves stages out.");
    }

    /** The rows of the answer in an order of their own; nothing if there is none, since some value is out of range. */
    private Optional<String> answer(PhysicalPlan plan, int database) {
        List<DeltaBatch> results = new ArrayList<>();
        PipelineSink sink = new PipelineSink() {
            @Override
            public void accept(DeltaBatch delta) {
                results.add(delta);
            }

            @Override
            public void stepDone(StepInfo step) {}
        };
        try {
            Pipeline pipeline = Pipeline.build(plan, sink, PipelineConfig.of(MAX_STATE_BYTES));
            for (int scan = 0; scan < pipeline.scans().size(); scan++) {
                pipeline.push(scan, rows.of(pipeline.scans().get(scan), database));
            }
            long[] watermarks = new long[pipeline.scans().size()];
            Arrays.fill(watermarks, plan.emitMode() == EmitMode.FINAL ? Long.MAX_VALUE : Long.MIN_VALUE);
            pipeline.endStep(new StepInfo(1, watermarks));
            return Optional.of(DeltaText.formatSummed(plan.type(), results));
        } catch (ThalwegException outOfRange) {
            return Optional.empty();
        }
    }
}
