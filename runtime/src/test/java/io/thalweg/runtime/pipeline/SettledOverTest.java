package io.thalweg.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanText;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.NaiveEvaluator;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import io.thalweg.runtime.testkit.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Window functions that forget rows by the watermark answer like those that never forget, and keep no more than they have to. */
class SettledOverTest {
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DELAY = 5 * SECOND;
    private static final int TIME = 1;
    private static final int PLANS = Integer.getInteger("thalweg.settled", 300);
    private static final int STEPS = 40;
    private static final List<SortKey> BY_TIME = List.of(new SortKey(TIME, false, false));
    private static final ScanNode STREAM =
            Plans.stream("s", "k", SqlType.BIGINT, "ts", SqlType.timestamp(6).notNull(), "v", SqlType.BIGINT);

    private final long seed = Long.getLong("thalweg.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private long unit = SECOND;

    @Test
    void answersAsIfItForgotNothing() {
        System.out.println("seed " + seed);
        int bounded = 0;
        for (int i = 0; i < PLANS; i++) {
            unit = random.nextBoolean() ? SECOND : 37 * HOUR;
            OverNode plan = new RandomOver(random, STREAM, this::aggregate).settled(TIME, unit);
            bounded += check(plan, "seed " + seed + ", plan " + i + "\n" + PlanText.format(plan)) ? 1 : 0;
        }
        assertTrue(bounded > PLANS / 5, bounded + " plans have forgotten half of their rows");
    }

    private AggregateCall aggregate() {
        return switch (random.nextInt(4)) {
            case 0 -> Plans.countRows();
            case 1 -> Plans.over(STREAM, AggregateFunction.SUM, 2);
            case 2 -> Plans.over(STREAM, AggregateFunction.MINIMUM, 2);
            default -> Plans.distinct(Plans.over(STREAM, AggregateFunction.COUNT, 2));
        };
    }

    /** Whether half of the rows were forgotten. */
    private boolean check(OverNode plan, String how) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = pipeline(plan, collector);
        Map<List<Object>, Long> input = new HashMap<>();
        Map<List<Object>, Long> result = new HashMap<>();
        long watermark = 0;
        long newest = 0;
        for (int step = 1; step <= STEPS; step++) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(STREAM.type());
            for (int count = random.nextInt(8); count > 0; count--) {
                long time = watermark + random.nextInt(7) * unit;
                newest = Math.max(newest, time);
                append(builder, time);
            }
            deleteOpen(builder, input, watermark);
            DeltaBatch batch = builder.build();
            Row.addTo(input, batch);
            for (DeltaBatch piece : OperatorHarness.cut(batch, 1 + random.nextInt(4), random)) {
                pipeline.push(0, piece);
            }
            watermark = Math.max(watermark, newest - 5 * unit);
            pipeline.endStep(new StepInfo(step, new long[] {watermark}));
            collector.take().forEach(delta -> Row.addTo(result, delta));
            assertEquals(plan.accept(new NaiveEvaluator(Map.of(STREAM, input))), result, how + ", step " + step);
        }
        long rows = input.values().stream().mapToLong(weight -> weight).sum();
        return pipeline.stateSize().rows() < rows / 2;
    }

    private void append(DeltaBatchBuilder builder, long time) {
        builder.column(0).appendLong(random.nextInt(2));
        builder.column(TIME).appendLong(time);
        if (random.nextInt(3) == 0) {
            builder.column(2).appendNull();
        } else {
            builder.column(2).appendLong(random.nextInt(5));
        }
        builder.endRow(random.nextInt(5) == 0 ? 2 : 1);
    }

    /** Takes some rows back that the watermark has not passed, as an input that changes its mind does. */
    private void deleteOpen(DeltaBatchBuilder builder, Map<List<Object>, Long> present, long watermark) {
        for (List<Object> row : new ArrayList<>(present.keySet())) {
            if ((Long) row.get(TIME) >= watermark && random.nextInt(6) == 0) {
                builder.column(0).appendLong((Long) row.get(0));
                builder.column(TIME).appendLong((Long) row.get(TIME));
                if (row.get(2) instanceof Long value) {
                    builder.column(2).appendLong(value);
                } else {
                    builder.column(2).appendNull();
                }
                builder.endRow(-1);
            }
        }
    }

    private static Pipeline pipeline(PlanNode plan, OperatorHarness.Collector collector) {
        return Pipeline.build(
                Plans.plan(plan, EmitMode.CHANGES),
                collector,
                PipelineConfig.of(1L << 30).withGuarded(true));
    }

    // What is kept over a long stream: a row a second in each of two partitions.

    private static long mostKept(OverCall... calls) {
        OverNode plan = Plans.over(STREAM, List.of(0), BY_TIME, Optional.empty(), calls)
                .closing(Optional.empty(), OptionalLong.of(1));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = pipeline(plan, collector);
        long most = 0;
        for (int step = 1; step <= 5_000; step++) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(STREAM.type());
            for (long partition = 0; partition < 2; partition++) {
                builder.column(0).appendLong(partition);
                builder.column(TIME).appendLong(step * SECOND);
                builder.column(2).appendLong(step % 7);
                builder.endRow();
            }
            pipeline.push(0, builder.build());
            pipeline.endStep(new StepInfo(step, new long[] {step * SECOND - DELAY}));
            collector.take();
            most = Math.max(most, pipeline.stateSize().rows());
        }
        return most;
    }

    private static OverFrame frame(Unit unit, Bound start, Bound end) {
        return new OverFrame(unit, start, end, Exclusion.NOTHING);
    }

    private static OverCall sum(OverFrame frame) {
        return new OverCall.Aggregated(Plans.over(STREAM, AggregateFunction.SUM, 2), frame);
    }

    private static Bound bound(Place place, long distance) {
        return new Bound(place, Optional.of(Literal.of(distance)));
    }

    private static OverCall rank(PlaceFunction function) {
        return new OverCall.Place(function, 1, SqlType.BIGINT.notNull());
    }

    private static OverCall value(long nth, boolean ignoreNulls) {
        OverFrame running = frame(Unit.ROWS, Bound.at(Place.UNBOUNDED_PRECEDING), Bound.at(Place.CURRENT_ROW));
        return new OverCall.Value(2, nth, ignoreNulls, running, SqlType.BIGINT);
    }

    @Test
    void keepsWhatTheDelayMayChange() {
        // Rows of six seconds are open in each of two partitions, as many may wait to go, and there is what stands for
        // the rest.
        long open = 2 * 6 + 1;
        OverFrame running = frame(Unit.RANGE, Bound.at(Place.UNBOUNDED_PRECEDING), Bound.at(Place.CURRENT_ROW));
        OverCall lag = new OverCall.Shift(2, -3, OptionalInt.empty(), false, SqlType.BIGINT);
        OverCall lead = new OverCall.Shift(2, 3, OptionalInt.empty(), false, SqlType.BIGINT);
        assertKeeps(2 * open, sum(running));
        assertKeeps(2 * open, rank(PlaceFunction.ROW_NUMBER), rank(PlaceFunction.RANK), rank(PlaceFunction.DENSE_RANK));
        assertKeeps(2 * open + 2 * 6, lag, lead);
        assertKeeps(2 * (open + 2), value(1, false), value(2, false), value(-1, false), value(-1, true));
    }

    @Test
    void keepsTheRowsOfFramesThatMove() {
        OverFrame rows = frame(Unit.ROWS, bound(Place.PRECEDING, 20), Bound.at(Place.CURRENT_ROW));
        OverFrame time = frame(Unit.RANGE, bound(Place.PRECEDING, 20 * SECOND), bound(Place.FOLLOWING, 5 * SECOND));
        assertKeeps(2 * 2 * 26, sum(rows));
        assertKeeps(2 * 2 * 31, sum(time));
    }

    private static void assertKeeps(long expected, OverCall... calls) {
        long most = mostKept(calls);
        assertTrue(most <= expected, () -> "kept " + most + ", not " + expected);
    }

    @Test
    void forgetsPartitionsThatAreSilent() {
        OverFrame time = frame(Unit.RANGE, bound(Place.PRECEDING, 20 * SECOND), Bound.at(Place.CURRENT_ROW));
        OverNode plan = Plans.over(STREAM, List.of(0), BY_TIME, Optional.empty(), sum(time))
                .closing(Optional.empty(), OptionalLong.of(1));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = pipeline(plan, collector);
        for (int step = 1; step <= 2_000; step++) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(STREAM.type());
            builder.column(0).appendLong(step);
            builder.column(TIME).appendLong(step * SECOND);
            builder.column(2).appendLong(1);
            builder.endRow();
            pipeline.push(0, builder.build());
            pipeline.endStep(new StepInfo(step, new long[] {step * SECOND - DELAY}));
            assertTrue(pipeline.stateSize().rows() <= 27, () -> "kept " + pipeline.stateSize());
        }
        pipeline.endStep(new StepInfo(2_001, new long[] {3_000 * SECOND}));
        assertEquals(0, pipeline.stateSize().rows());
    }
}
