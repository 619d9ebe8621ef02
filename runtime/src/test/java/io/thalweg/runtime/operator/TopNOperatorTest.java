package io.thalweg.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopNOperatorTest {
    private static final ScanNode TABLE = Plans.table("t", "k", SqlType.VARCHAR, "v", SqlType.BIGINT);
    private static final SortKey HIGHEST = new SortKey(1, true, false);
    private static final SortKey LOWEST = new SortKey(1, false, false);

    @Test
    void keepsTheFirstRowsAndBringsTheNextOneBack() {
        OperatorHarness.of(Plans.topN(TABLE, List.of(), RankRange.rows(0, 2), false, HIGHEST))
                .given("""
                        +1 | a | 3
                        +1 | b | 1
                        +1 | c | 2
                        """)
                .expect("""
                        +1 | a | 3
                        +1 | c | 2
                        """)
                .given("""
                        +1 | d | 5
                        +1 | e | 0
                        """)
                .expect("""
                        -1 | c | 2
                        +1 | d | 5
                        """)
                .given("""
                        -1 | d | 5
                        -1 | a | 3
                        """)
                .expect("""
                        -1 | d | 5
                        -1 | a | 3
                        +1 | c | 2
                        +1 | b | 1
                        """)
                .given("""
                        -1 | b | 1
                        -1 | c | 2
                        -1 | e | 0
                        """)
                .expect("""
                        -1 | b | 1
                        -1 | c | 2
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void breaksTiesByAllColumnsAndCutsEqualRows() {
        OperatorHarness.of(Plans.topN(TABLE, List.of(), RankRange.rows(1, 2), false, LOWEST))
                .given("""
                        +1 | b | 1
                        +3 | a | 1
                        """)
                .expect("+2 | a | 1")
                .given("-1 | a | 1")
                .expect("""
                        -1 | a | 1
                        +1 | b | 1
                        """)
                .given("""
                        +1 | NULL | 1
                        -2 | a    | 1
                        """)
                .expect("""
                        -1 | a    | 1
                        -1 | b    | 1
                        +1 | NULL | 1
                        """)
                .run();
    }

    @Test
    void keepsPeersOfARankAndShowsIt() {
        RankRange ranks = new RankRange(RankFunction.RANK, 1, 2);
        OperatorHarness.of(Plans.topN(TABLE, List.of(0), ranks, true, LOWEST))
                .given("""
                        +1 | a | 1
                        +2 | a | 2
                        +1 | a | 3
                        +1 | b | 7
                        """)
                .expect("""
                        +1 | a | 1 | 1
                        +2 | a | 2 | 2
                        +1 | b | 7 | 1
                        """)
                .given("-1 | a | 1")
                .expect("""
                        -1 | a | 1 | 1
                        -2 | a | 2 | 2
                        +2 | a | 2 | 1
                        """)
                .given("-1 | a | 2")
                .expect("""
                        -1 | a | 2 | 1
                        +1 | a | 3 | 2
                        """)
                .run();
    }

    @Test
    void numbersRowsAndCountsDifferentKeys() {
        RankRange numbers = new RankRange(RankFunction.ROW_NUMBER, 2, 3);
        OperatorHarness.of(Plans.topN(TABLE, List.of(), numbers, true, LOWEST))
                .given("+4 | a | 1")
                .expect("""
                        +1 | a | 1 | 2
                        +1 | a | 1 | 3
                        """)
                .given("+1 | b | 0")
                .given("-3 | a | 1")
                .expect("-1 | a | 1 | 3")
                .run();
        RankRange dense = new RankRange(RankFunction.DENSE_RANK, 1, 2);
        OperatorHarness.of(Plans.topN(TABLE, List.of(), dense, false, LOWEST))
                .given("""
                        +1 | a | 1
                        +1 | b | 1
                        +1 | c | 2
                        +1 | d | 3
                        """)
                .expect("""
                        +1 | a | 1
                        +1 | b | 1
                        +1 | c | 2
                        """)
                .given("+1 | e | 0")
                .expect("""
                        +1 | e | 0
                        -1 | c | 2
                        """)
                .run();
    }

    @Test
    void freesPartitionsThatTheWatermarkCloses() {
        ScanNode stream = Plans.stream("s", "t", SqlType.timestamp(0), "v", SqlType.BIGINT);
        PlanNode top = Plans.topN(
                stream,
                List.of(0),
                RankRange.rows(0, 1),
                false,
                Optional.of(new CloseTime(0, 5_000_000)),
                new SortKey(1, false, false));
        OperatorHarness.of(top)
                .given("""
                        +1 | 1970-01-01 00:00:00 | 4
                        +1 | 1970-01-01 00:00:05 | 2
                        +1 | 1970-01-01 00:00:00 | 3
                        """)
                .watermark(5_000_000)
                .expect("""
                        +1 | 1970-01-01 00:00:00 | 3
                        +1 | 1970-01-01 00:00:05 | 2
                        """)
                .given("""
                        +1 | 1970-01-01 00:00:00 | 1
                        +1 | 1970-01-01 00:00:05 | 1
                        """)
                .watermark(10_000_000)
                .expect("""
                        -1 | 1970-01-01 00:00:05 | 2
                        +1 | 1970-01-01 00:00:05 | 1
                        """)
                .stepsMatter()
                .leavesNoState()
                .run();
    }

    @Test
    void keepsLittleMoreThanItShowsOfWhatOnlyGrows() {
        ScanNode stream = Plans.stream("s", "v", SqlType.BIGINT);
        PlanNode top = Plans.topN(stream, List.of(), RankRange.rows(0, 3), false, new SortKey(0, true, false));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(Plans.plan(top, EmitMode.CHANGES), collector, PipelineConfig.of(1 << 20));
        Random random = new Random(1);
        for (int step = 1; step <= 50; step++) {
            DeltaBatchBuilder rows = new DeltaBatchBuilder(stream.type());
            for (int i = 0; i < DeltaBatch.TARGET_ROWS; i++) {
                rows.column(0).appendLong(random.nextInt());
                rows.endRow();
            }
            pipeline.push(0, rows.build());
            pipeline.endStep(new StepInfo(step, new long[] {Long.MAX_VALUE}));
            assertEquals(3, pipeline.stateSize().rows());
        }
        DeltaBatch last = DeltaText.parse(stream.type(), "+2 | 2147483648");
        pipeline.push(0, last);
        collector.take();
        pipeline.endStep(new StepInfo(51, new long[] {Long.MAX_VALUE}));
        assertEquals(
                2,
                collector.take().stream()
                        .mapToInt(batch -> batch.weight(0))
                        .filter(weight -> weight > 0)
                        .sum());
    }
}
