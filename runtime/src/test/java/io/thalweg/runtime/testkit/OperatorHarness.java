package io.thalweg.runtime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Runs a plan over a script of steps, many times: the rows of each step in one batch, one by one, cut at random, and
 * shuffled. Each time every step must put out exactly what the script says; the table of a step lists its delta, summed
 * up and sorted. A second set of runs merges neighbouring steps at random; then the sum of all output must be the same.
 */
public final class OperatorHarness {
    private static final int RANDOM_RUNS = 6;

    private final PlanNode root;
    private EmitMode mode = EmitMode.CHANGES;
    private final List<Step> script = new ArrayList<>();
    private long rowsLeft = -1;
    private boolean stepsMatter;

    /** The rows for each scan, the watermark, and the output expected. */
    private static final class Step {
        private final List<DeltaBatch> inputs;
        private long watermark = Long.MIN_VALUE;
        private long now;
        private String expected = "";

        private Step(List<DeltaBatch> inputs) {
            this.inputs = inputs;
        }
    }

    private OperatorHarness(PlanNode root) {
        this.root = root;
    }

    public static OperatorHarness of(PlanNode root) {
        return new OperatorHarness(root);
    }

    public OperatorHarness mode(EmitMode newMode) {
        mode = newMode;
        return this;
    }

    /** Begins a step: one table for each scan, in the order of the plan. */
    public OperatorHarness given(String... tables) {
        List<ScanNode> scans = scans();
        List<DeltaBatch> inputs = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            inputs.add(DeltaText.parse(scans.get(i).type(), i < tables.length ? tables[i] : ""));
        }
        script.add(new Step(inputs));
        return this;
    }

    /** The watermark of all scans at the end of the step that was begun last. */
    public OperatorHarness watermark(long watermark) {
        script.get(script.size() - 1).watermark = watermark;
        return this;
    }

    /** The current time of the step that was begun last. */
    public OperatorHarness now(long micros) {
        script.get(script.size() - 1).now = micros;
        return this;
    }

    /** The delta that the step puts out. */
    public OperatorHarness expect(String table) {
        script.get(script.size() - 1).expected =
                DeltaText.formatSummed(root.type(), List.of(DeltaText.parse(root.type(), table)));
        return this;
    }

    /** Demands that in the end no operator remembers anything. */
    public OperatorHarness leavesNoState() {
        return leavesRows(0);
    }

    /** Demands that in the end operators remember so many rows. */
    public OperatorHarness leavesRows(long rows) {
        rowsLeft = rows;
        return this;
    }

    /** For scripts where the time between steps means something, so that they cannot be merged. */
    public OperatorHarness stepsMatter() {
        stepsMatter = true;
        return this;
    }

    private List<ScanNode> scans() {
        return Pipeline.build(Plans.plan(root, mode), new Collector(), PipelineConfig.of(Long.MAX_VALUE))
                .scans();
    }

    /** Runs everything. */
    public void run() {
        replay(batch -> List.of(batch), script, "in one batch");
        replay(batch -> cut(batch, 1, null), script, "row by row");
        for (int seed = 0; seed < RANDOM_RUNS; seed++) {
            Random random = new Random(seed);
            replay(batch -> cut(batch, 3, random), script, "cut and shuffled with seed " + seed);
            if (!stepsMatter && mode == EmitMode.CHANGES) {
                replayMerged(random, "steps merged with seed " + seed);
            }
        }
    }

    private void replay(Cutter cutter, List<Step> steps, String how) {
        Collector collector = new Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(root, mode),
                collector,
                PipelineConfig.of(Long.MAX_VALUE).withGuarded(true));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            pipeline.beginStep(step.now);
            for (int scan = 0; scan < step.inputs.size(); scan++) {
                for (DeltaBatch batch : cutter.cut(step.inputs.get(scan))) {
                    pipeline.push(scan, batch);
                }
            }
            long[] watermarks = new long[step.inputs.size()];
            Arrays.fill(watermarks, step.watermark);
            pipeline.endStep(new StepInfo(i + 1, watermarks));
            assertEquals(
                    step.expected,
                    DeltaText.formatSummed(root.type(), collector.take()),
                    "step " + (i + 1) + ", " + how);
        }
        if (rowsLeft >= 0) {
            assertEquals(
                    rowsLeft, pipeline.stateSize().rows(), () -> "state left, " + how + ": " + pipeline.stateSize());
        }
    }

    private void replayMerged(Random random, String how) {
        Collector collector = new Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(root, mode),
                collector,
                PipelineConfig.of(Long.MAX_VALUE).withGuarded(true));
        List<DeltaBatch> expected = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            Step step = script.get(i);
            pipeline.beginStep(step.now);
            expected.add(DeltaText.parse(root.type(), step.expected));
            for (int scan = 0; scan < step.inputs.size(); scan++) {
                pipeline.push(scan, step.inputs.get(scan));
            }
            if (i == script.size() - 1 || random.nextBoolean()) {
                long[] watermarks = new long[step.inputs.size()];
                Arrays.fill(watermarks, step.watermark);
                pipeline.endStep(new StepInfo(i + 1, watermarks));
            }
        }
        assertEquals(
                DeltaText.formatSummed(root.type(), expected),
                DeltaText.formatSummed(root.type(), collector.take()),
                how);
    }

    /** How a batch is cut. */
    private interface Cutter {
        List<DeltaBatch> cut(DeltaBatch batch);
    }

    /** Cuts a batch into pieces of random length; shuffles it first if given a source of randomness. */
    public static List<DeltaBatch> cut(DeltaBatch batch, int maxRows, Random random) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, batch.rowCount()).boxed().toList());
        if (random != null) {
            Collections.shuffle(order, random);
        }
        List<DeltaBatch> pieces = new ArrayList<>();
        for (int from = 0; from < order.size(); ) {
            int count = Math.min(order.size() - from, random == null ? maxRows : 1 + random.nextInt(maxRows));
            int[] rows = order.subList(from, from + count).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            pieces.add(batch.select(rows, count));
            from += count;
        }
        return pieces;
    }

    /** Keeps what a pipeline puts out. */
    public static final class Collector implements PipelineSink {
        private List<DeltaBatch> batches = new ArrayList<>();

        @Override
        public void accept(DeltaBatch delta) {
            batches.add(delta);
        }

        @Override
        public void stepDone(StepInfo step) {}

        /** What came since the last call. */
        public List<DeltaBatch> take() {
            List<DeltaBatch> taken = batches;
            batches = new ArrayList<>();
            return taken;
        }
    }
}
