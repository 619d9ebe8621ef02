package io.thalweg.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.JoinRelease;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.RowType;
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
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins that forget rows by the watermark answer like joins that never forget, and keep no more than they have to. */
class BoundedJoinTest {
    private static final long SECOND = 1_000_000;
    private static final long DELAY = 5 * SECOND;
    private static final int STEPS = 60;
    private static final RowType ROWS =
            RowType.of("k", SqlType.BIGINT, "ts", SqlType.timestamp(6).notNull(), "until", SqlType.timestamp(6));

    /** A stream as the log gives it: no row is older than the newest before its step by more than the delay. */
    private static final class Input {
        private final Random random;
        private final Map<List<Object>, Long> rows = new HashMap<>();
        private long newest;

        private Input(Random random) {
            this.random = random;
        }

        private long watermark() {
            return newest - DELAY;
        }

        private DeltaBatch next() {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(ROWS);
            long least = watermark();
            for (int count = random.nextInt(6); count > 0; count--) {
                long time = least + random.nextInt((int) (DELAY + 4 * SECOND));
                newest = Math.max(newest, time);
                append(builder, time);
            }
            DeltaBatch batch = builder.build();
            Row.addTo(rows, batch);
            return batch;
        }

        private void append(DeltaBatchBuilder builder, long time) {
            if (random.nextInt(10) == 0) {
                builder.column(0).appendNull();
            } else {
                builder.column(0).appendLong(random.nextInt(3));
            }
            builder.column(1).appendLong(time);
            if (random.nextInt(10) == 0) {
                builder.column(2).appendNull();
            } else {
                builder.column(2).appendLong(time + random.nextInt((int) (8 * SECOND)));
            }
            builder.endRow(random.nextInt(5) == 0 ? 2 : 1);
        }
    }

    private static ScalarExpression pairColumn(int column) {
        return new ColumnReference(column, ROWS.type(column % ROWS.size()));
    }

    private static ScalarExpression notAfter(ScalarExpression earlier, ScalarExpression later, long micros) {
        SqlType time = later.type();
        ScalarExpression shifted = Plans.call(
                ScalarFunction.ADD_INTERVAL, time, later, new Literal(micros, SqlType.INTERVAL_MICROS.notNull()));
        return Plans.call(ScalarFunction.LESS_OR_EQUAL, SqlType.BOOLEAN, earlier, shifted);
    }

    /** {@code l.ts - before <= r.ts <= l.ts + after}. */
    private static JoinNode within(JoinKind kind, ScanNode left, ScanNode right, long before, long after) {
        ScalarExpression condition = Plans.call(
                ScalarFunction.AND,
                SqlType.BOOLEAN,
                notAfter(pairColumn(1), pairColumn(4), before),
                notAfter(pairColumn(4), pairColumn(1), after));
        JoinRelease release =
                new JoinRelease(Optional.of(new CloseTime(1, after + 1)), Optional.of(new CloseTime(1, before + 1)));
        return Plans.join(kind, left, right, List.of(0), List.of(0), Optional.of(condition))
                .releasing(release);
    }

    /** {@code l.ts <= r.ts <= l.until}. */
    private static JoinNode until(JoinKind kind, ScanNode left, ScanNode right) {
        ScalarExpression condition = Plans.call(
                ScalarFunction.AND,
                SqlType.BOOLEAN,
                notAfter(pairColumn(1), pairColumn(4), 0),
                notAfter(pairColumn(4), pairColumn(2), 0));
        JoinRelease release = new JoinRelease(Optional.of(new CloseTime(2, 1)), Optional.of(new CloseTime(1, 1)));
        return Plans.join(kind, left, right, List.of(0), List.of(0), Optional.of(condition))
                .releasing(release);
    }

    @ParameterizedTest
    @EnumSource(value = JoinKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SINGLE")
    void answersAsIfItForgotNothing(JoinKind kind) {
        ScanNode left = Plans.stream("l", "k", SqlType.BIGINT, "ts", ROWS.type(1), "until", ROWS.type(2));
        ScanNode right = Plans.stream("r", "k", SqlType.BIGINT, "ts", ROWS.type(1), "until", ROWS.type(2));
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            long before = random.nextInt((int) (6 * SECOND));
            long after = random.nextInt((int) (6 * SECOND)) - before / 2;
            JoinNode join = random.nextBoolean() ? within(kind, left, right, before, after) : until(kind, left, right);
            run(join, random, kind + ", seed " + seed);
        }
    }

    private static void run(JoinNode join, Random random, String how) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(join, EmitMode.CHANGES),
                collector,
                PipelineConfig.of(1L << 30).withGuarded(true));
        List<Input> inputs = List.of(new Input(random), new Input(random));
        Map<ScanNode, Map<List<Object>, Long>> relations = new HashMap<>();
        for (int scan = 0; scan < 2; scan++) {
            relations.put(pipeline.scans().get(scan), inputs.get(scan).rows);
        }
        Map<List<Object>, Long> result = new HashMap<>();
        long mostState = 0;
        for (int step = 1; step <= STEPS; step++) {
            List<Integer> order = random.nextBoolean() ? List.of(0, 1) : List.of(1, 0);
            for (int scan : order) {
                for (DeltaBatch piece : OperatorHarness.cut(inputs.get(scan).next(), 1 + random.nextInt(4), random)) {
                    pipeline.push(scan, piece);
                }
            }
            long[] watermarks = {inputs.get(0).watermark(), inputs.get(1).watermark()};
            pipeline.endStep(new StepInfo(step, watermarks));
            collector.take().forEach(batch -> Row.addTo(result, batch));
            assertEquals(join.accept(new NaiveEvaluator(relations)), result, how + ", step " + step);
            mostState = Math.max(mostState, pipeline.stateSize().rows());
        }
        long all = relations.values().stream().mapToLong(Map::size).sum();
        assertTrue(mostState < all / 2, () -> how + " kept " + pipeline.stateSize() + " of " + all + " rows");
        pipeline.endStep(new StepInfo(STEPS + 1, new long[] {Long.MAX_VALUE, Long.MAX_VALUE}));
        List<DeltaBatch> rest = new ArrayList<>(collector.take());
        assertEquals(List.of(), rest, how);
        assertEquals(0, pipeline.stateSize().rows(), how + " leaves state");
    }
}
