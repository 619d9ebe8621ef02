package io.thalweg.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SortOperatorTest {
    private static final Object[] COLUMNS = {"s", SqlType.VARCHAR, "d", SqlType.DOUBLE};
    private static final String ROWS = """
            +1 | b    | 1.0
            +2 | a    | NaN
            +1 | NULL | 2.0
            +1 | ä    | -1.0
            +1 | a    | 3.0
            +1 | ''   | NULL
            """;

    @Test
    void ordersTextByBytesAndPutsNullsWhereTold() {
        assertEquals("""
                +1 | '' | NULL
                +1 | a | 3.0
                +2 | a | NaN
                +1 | b | 1.0
                +1 | ä | -1.0
                +1 | NULL | 2.0""", sorted(0, OptionalLong.empty(), new SortKey(0, false, false), new SortKey(1, false, false)));
    }

    @Test
    void descendingOrderPutsNaNFirst() {
        assertEquals("""
                +1 | '' | NULL
                +2 | a | NaN
                +1 | a | 3.0""", sorted(0, OptionalLong.of(4), new SortKey(1, true, true)));
    }

    @Test
    void offsetAndLimitCountEqualRowsSingly() {
        assertEquals("""
                +1 | a | NaN
                +1 | b | 1.0""", sorted(3, OptionalLong.of(2), new SortKey(0, false, false)));
    }

    private static String sorted(long offset, OptionalLong limit, SortKey... keys) {
        for (ScanNode scan : List.of(Plans.table("t", COLUMNS), Plans.stream("t", COLUMNS))) {
            PlanNode sort = Plans.sort(scan, offset, limit, keys);
            String first = run(sort, DeltaText.parse(scan.type(), ROWS), null);
            for (int seed = 0; seed < 5; seed++) {
                assertEquals(first, run(sort, DeltaText.parse(scan.type(), ROWS), new Random(seed)));
            }
        }
        ScanNode table = Plans.table("t", COLUMNS);
        return run(Plans.sort(table, offset, limit, keys), DeltaText.parse(table.type(), ROWS), null);
    }

    private static String run(PlanNode sort, DeltaBatch rows, Random random) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(sort, EmitMode.SNAPSHOT),
                collector,
                PipelineConfig.of(1 << 28).withGuarded(true));
        for (DeltaBatch piece : OperatorHarness.cut(rows, 2, random)) {
            pipeline.push(0, piece);
        }
        pipeline.endStep(new StepInfo(1, new long[1]));
        return collector.take().stream()
                .map(batch -> DeltaText.format(sort.type(), batch))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void keepsTheFirstFewOfManyInLittleMemory() {
        ScanNode scan = Plans.stream("t", "v", SqlType.BIGINT);
        List<Long> values = new ArrayList<>();
        for (long i = 0; i < 200_000; i++) {
            values.add(i);
        }
        Collections.shuffle(values, new Random(7));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        PlanNode sort = Plans.sort(scan, 2, OptionalLong.of(3), new SortKey(0, true, false));
        Pipeline pipeline =
                Pipeline.build(Plans.plan(sort, EmitMode.SNAPSHOT), collector, PipelineConfig.of(2_000_000));
        DeltaBatchBuilder builder = new DeltaBatchBuilder(scan.type());
        for (long value : values) {
            builder.column(0).appendLong(value);
            builder.endRow();
            if (builder.isFull()) {
                pipeline.push(0, builder.build());
            }
        }
        pipeline.push(0, builder.build());
        pipeline.endStep(new StepInfo(1, new long[1]));
        assertEquals(
                "+1 | 199997\n+1 | 199996\n+1 | 199995",
                DeltaText.format(scan.type(), collector.take().get(0)));
    }

    @Test
    void anyRowsSatisfyALimitWithoutOrder() {
        ScanNode scan = Plans.stream("t", "v", SqlType.BIGINT);
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        PlanNode sort = Plans.sort(scan, 0, OptionalLong.of(2));
        Pipeline pipeline =
                Pipeline.build(Plans.plan(sort, EmitMode.SNAPSHOT), collector, PipelineConfig.of(2_000_000));
        pipeline.push(0, DeltaText.parse(scan.type(), "+1 | 5\n+1 | 3\n+1 | 4"));
        assertTrue(pipeline.isSatisfied());
        pipeline.endStep(new StepInfo(1, new long[1]));
        assertEquals(
                "+1 | 5\n+1 | 3", DeltaText.format(scan.type(), collector.take().get(0)));
    }
}
