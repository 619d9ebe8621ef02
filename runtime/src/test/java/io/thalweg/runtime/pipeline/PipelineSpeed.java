package io.thalweg.runtime.pipeline;

import io.thalweg.model.SuppressForbidden;
import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Prints how many rows a second of its thread's processor time some pipelines take, expressions aside. Not a test: run it by
 * hand.
 */
public final class PipelineSpeed {
    private static final int BATCH = 4_096;
    private static final int BATCHES = 500;
    private static final int ROUNDS = 7;
    private static final int AIRPORTS = 400;

    private PipelineSpeed() {}

    public static void main(String[] arguments) {
        ScanNode flights = Plans.stream(
                "flights",
                "origin",
                SqlType.VARCHAR,
                "delay",
                SqlType.INTEGER.notNull(),
                "price",
                SqlType.DOUBLE.notNull(),
                "id",
                SqlType.BIGINT.notNull());
        PlanNode byOrigin = Plans.aggregate(
                flights, List.of(0), Plans.countRows(), Plans.over(flights, AggregateFunction.AVERAGE, 1));
        PlanNode doubles = Plans.aggregate(
                flights, List.of(0), Plans.countRows(), Plans.over(flights, AggregateFunction.AVERAGE, 2));
        PlanNode byId =
                Plans.aggregate(flights, List.of(3), Plans.countRows(), Plans.over(flights, AggregateFunction.SUM, 1));
        PlanNode global = Plans.aggregate(flights, List.of(), Plans.over(flights, AggregateFunction.SUM, 1));
        ScanNode airports = Plans.stream("airports", "code", SqlType.VARCHAR, "lat", SqlType.BIGINT);
        PlanNode joined = Plans.join(flights, airports, List.of(0), List.of(0));
        measure("count, avg(int) by dictionary", byOrigin, EmitMode.SNAPSHOT, flights(true));
        measure("count, avg(int) by varchar", byOrigin, EmitMode.SNAPSHOT, flights(false));
        measure("count, avg(double) by dictionary", doubles, EmitMode.SNAPSHOT, flights(true));
        measure("count, sum by bigint, a step a batch", byId, EmitMode.CHANGES, flights(true));
        measure("sum of all", global, EmitMode.SNAPSHOT, flights(true));
        SortKey dearest = new SortKey(2, true, false);
        PlanNode first = Plans.topN(flights, List.of(3), RankRange.rows(0, 1), false, dearest);
        PlanNode ten = Plans.topN(flights, List.of(0), RankRange.rows(0, 10), false, dearest);
        PlanNode ranked = Plans.topN(flights, List.of(0), RankRange.rows(0, 10), true, dearest);
        OverFrame running = new OverFrame(
                Unit.ROWS, Bound.at(Place.UNBOUNDED_PRECEDING), Bound.at(Place.CURRENT_ROW), Exclusion.NOTHING);
        PlanNode sums = Plans.over(
                flights,
                List.of(0),
                List.of(new SortKey(3, false, false)),
                Optional.empty(),
                new OverCall.Aggregated(Plans.over(flights, AggregateFunction.SUM, 1), running));
        measure("first row by bigint, a step a batch", first, EmitMode.CHANGES, flights(true));
        measure("first ten rows by dictionary, a step a batch", ten, EmitMode.CHANGES, flights(true));
        measure("the same with ranks", ranked, EmitMode.CHANGES, flights(true));
        measure(
                "running sum by dictionary, snapshot",
                sums,
                EmitMode.SNAPSHOT,
                flights(true).subList(0, 50));
        measure("join on varchar, both sides kept", joined, EmitMode.CHANGES, flights(true));
        measure("join on varchar, one side ended", joined, EmitMode.SNAPSHOT, flights(true));
    }

    @SuppressForbidden(reason = "a measurement is there to be printed")
    private static void measure(String name, PlanNode root, EmitMode mode, List<DeltaBatch> batches) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            OperatorHarness.Collector collector = new OperatorHarness.Collector();
            Pipeline pipeline = Pipeline.build(Plans.plan(root, mode), collector, PipelineConfig.of(Long.MAX_VALUE));
            long[] watermarks = new long[pipeline.scans().size()];
            if (watermarks.length > 1) {
                pipeline.push(1, airports());
                if (mode == EmitMode.SNAPSHOT) {
                    pipeline.endScan(1);
                }
            }
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < batches.size(); i++) {
                pipeline.push(0, batches.get(i));
                if (mode == EmitMode.CHANGES) {
                    pipeline.endStep(new StepInfo(i + 1, watermarks));
                }
                collector.take();
            }
            if (mode == EmitMode.SNAPSHOT) {
                pipeline.endStep(new StepInfo(1, watermarks));
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        System.out.printf("%-45s %8.1f M rows/s%n", name, BATCH * (double) batches.size() * 1e3 / best);
    }

    private static List<DeltaBatch> flights(boolean coded) {
        Random random = new Random(1);
        List<DeltaBatch> batches = new ArrayList<>();
        long nextId = 0;
        for (int i = 0; i < BATCHES; i++) {
            int[] codes = new int[BATCH];
            int[] delays = new int[BATCH];
            double[] prices = new double[BATCH];
            long[] ids = new long[BATCH];
            for (int row = 0; row < BATCH; row++) {
                codes[row] = random.nextInt(AIRPORTS);
                delays[row] = random.nextInt(200) - 20;
                prices[row] = random.nextInt(100_000) / 100.0;
                nextId += random.nextInt(16) == 0 ? 1 : 0;
                ids[row] = nextId - random.nextInt(100);
            }
            batches.add(new DeltaBatch(
                    BATCH,
                    new Column[] {
                        names(codes),
                        new IntColumn(BATCH, delays, null),
                        new DoubleColumn(BATCH, prices, null),
                        new LongColumn(BATCH, ids, null)
                    },
                    null));
            if (!coded) {
                batches.set(i, plain(batches.get(i)));
            }
        }
        return batches;
    }

    private static BytesColumn names(int[] codes) {
        byte[] data = new byte[3 * AIRPORTS];
        int[] starts = new int[AIRPORTS];
        int[] lengths = new int[AIRPORTS];
        for (int i = 0; i < AIRPORTS; i++) {
            byte[] name = String.format(Locale.ROOT, "%c%c%c", 'A' + i / 26 % 26, 'A' + i % 26, 'X')
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, data, 3 * i, 3);
            starts[i] = 3 * i;
            lengths[i] = 3;
        }
        return new BytesColumn(codes.length, data, starts, lengths, codes, null);
    }

    private static DeltaBatch plain(DeltaBatch batch) {
        BytesColumn coded = batch.bytesColumn(0);
        int[] starts = new int[BATCH];
        int[] lengths = new int[BATCH];
        for (int row = 0; row < BATCH; row++) {
            starts[row] = coded.start(row);
            lengths[row] = coded.length(row);
        }
        Column[] columns = batch.columns().toArray(Column[]::new);
        columns[0] = new BytesColumn(BATCH, coded.data(), starts, lengths, null);
        return new DeltaBatch(BATCH, columns, null);
    }

    private static DeltaBatch airports() {
        int[] codes = new int[AIRPORTS];
        long[] latitudes = new long[AIRPORTS];
        for (int i = 0; i < AIRPORTS; i++) {
            codes[i] = i;
            latitudes[i] = i;
        }
        return new DeltaBatch(AIRPORTS, new Column[] {names(codes), new LongColumn(AIRPORTS, latitudes, null)}, null);
    }
}
