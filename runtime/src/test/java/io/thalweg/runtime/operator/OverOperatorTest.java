package io.thalweg.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.PlanNode;
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
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OverOperatorTest {
    private static final ScanNode TABLE =
            Plans.table("t", "k", SqlType.VARCHAR, "t", SqlType.BIGINT, "v", SqlType.BIGINT);
    private static final List<SortKey> BY_TIME = List.of(new SortKey(1, false, false));
    private static final OverFrame RUNNING = frame(Unit.RANGE, Bound.at(Place.UNBOUNDED_PRECEDING));

    private static OverFrame frame(Unit unit, Bound start) {
        return new OverFrame(unit, start, Bound.at(Place.CURRENT_ROW), Exclusion.NOTHING);
    }

    private static Bound preceding(long distance) {
        return new Bound(Place.PRECEDING, Optional.of(Literal.of(distance)));
    }

    private static OverCall sum(OverFrame frame) {
        return new OverCall.Aggregated(Plans.over(TABLE, AggregateFunction.SUM, 2), frame);
    }

    private static PlanNode over(OverCall... calls) {
        return Plans.over(TABLE, List.of(0), BY_TIME, Optional.empty(), calls);
    }

    @Test
    void sumsUpToTheRowAndItsPeers() {
        OperatorHarness.of(over(sum(RUNNING)))
                .given("""
                        +1 | a | 1 | 10
                        +1 | a | 3 | 30
                        +1 | b | 2 | 5
                        """)
                .expect("""
                        +1 | a | 1 | 10 | 10
                        +1 | a | 3 | 30 | 40
                        +1 | b | 2 | 5  | 5
                        """)
                .given("+1 | a | 4 | 1")
                .expect("+1 | a | 4 | 1 | 41")
                .given("+1 | a | 3 | 2")
                .expect("""
                        -1 | a | 3 | 30 | 40
                        +1 | a | 3 | 30 | 42
                        +1 | a | 3 | 2  | 42
                        -1 | a | 4 | 1  | 41
                        +1 | a | 4 | 1  | 43
                        """)
                .given("""
                        -1 | a | 1 | 10
                        -1 | a | 3 | 30
                        -1 | a | 3 | 2
                        -1 | a | 4 | 1
                        -1 | b | 2 | 5
                        """)
                .expect("""
                        -1 | a | 1 | 10 | 10
                        -1 | a | 3 | 30 | 42
                        -1 | a | 3 | 2  | 42
                        -1 | a | 4 | 1  | 43
                        -1 | b | 2 | 5  | 5
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void tellsApartRowsThatAreEqual() {
        OverCall number = new OverCall.Place(PlaceFunction.ROW_NUMBER, 1, SqlType.BIGINT.notNull());
        OperatorHarness.of(over(number, sum(frame(Unit.ROWS, preceding(1)))))
                .given("+3 | a | 1 | 2")
                .expect("""
                        +1 | a | 1 | 2 | 1 | 2
                        +1 | a | 1 | 2 | 2 | 4
                        +1 | a | 1 | 2 | 3 | 4
                        """)
                .given("-2 | a | 1 | 2")
                .expect("""
                        -1 | a | 1 | 2 | 2 | 4
                        -1 | a | 1 | 2 | 3 | 4
                        """)
                .run();
    }

    @Test
    void looksAtOtherRows() {
        OverCall before = new OverCall.Shift(2, -1, OptionalInt.of(1), false, SqlType.BIGINT);
        OverCall next = new OverCall.Shift(2, 1, OptionalInt.empty(), true, SqlType.BIGINT);
        OperatorHarness.of(over(before, next))
                .given("""
                        +1 | a | 1 | 10
                        +1 | a | 2 | NULL
                        +1 | a | 3 | 30
                        """)
                .expect("""
                        +1 | a | 1 | 10   | 1    | 30
                        +1 | a | 2 | NULL | 10   | 30
                        +1 | a | 3 | 30   | NULL | NULL
                        """)
                .given("-1 | a | 2 | NULL")
                .expect("""
                        -1 | a | 2 | NULL | 10   | 30
                        -1 | a | 3 | 30   | NULL | NULL
                        +1 | a | 3 | 30   | 10   | NULL
                        """)
                .run();
    }

    @Test
    void measuresByTheKeyAndLeavesOut() {
        OverFrame near = new OverFrame(Unit.RANGE, preceding(10), Bound.at(Place.CURRENT_ROW), Exclusion.CURRENT_ROW);
        OperatorHarness.of(over(sum(near)))
                .given("""
                        +1 | a | 1    | 1
                        +1 | a | 11   | 2
                        +1 | a | 12   | 4
                        +1 | a | NULL | 8
                        +1 | a | NULL | 16
                        """)
                .expect("""
                        +1 | a | 1    | 1  | NULL
                        +1 | a | 11   | 2  | 1
                        +1 | a | 12   | 4  | 2
                        +1 | a | NULL | 8  | 16
                        +1 | a | NULL | 16 | 8
                        """)
                .given("+1 | a | 2 | 32")
                .expect("""
                        +1 | a | 2  | 32 | 1
                        -1 | a | 11 | 2  | 1
                        +1 | a | 11 | 2  | 33
                        -1 | a | 12 | 4  | 2
                        +1 | a | 12 | 4  | 34
                        """)
                .run();
    }

    @Test
    void freesPartitionsThatTheWatermarkCloses() {
        ScanNode stream = Plans.stream("s", "w", SqlType.timestamp(0), "v", SqlType.BIGINT);
        OverCall number = new OverCall.Place(PlaceFunction.RANK, 1, SqlType.BIGINT.notNull());
        PlanNode over = Plans.over(
                stream,
                List.of(0),
                List.of(new SortKey(1, false, false)),
                Optional.of(new CloseTime(0, 5_000_000)),
                number);
        OperatorHarness.of(over)
                .given("+1 | 1970-01-01 00:00:00 | 4")
                .watermark(5_000_000)
                .expect("+1 | 1970-01-01 00:00:00 | 4 | 1")
                .given("+1 | 1970-01-01 00:00:00 | 1")
                .watermark(6_000_000)
                .stepsMatter()
                .leavesNoState()
                .run();
    }

    /** A million steps of one row each would take hours if each went through the whole partition. */
    @Test
    void aRowAtTheEndCostsNoMoreThanItself() {
        ScanNode stream = Plans.stream("s", "t", SqlType.BIGINT, "v", SqlType.BIGINT);
        PlanNode over = Plans.over(
                stream,
                List.of(),
                List.of(new SortKey(0, false, false)),
                Optional.empty(),
                new OverCall.Aggregated(Plans.over(stream, AggregateFunction.SUM, 1), RUNNING));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(Plans.plan(over, EmitMode.CHANGES), collector, PipelineConfig.of(1 << 30));
        DeltaBatchBuilder rows = new DeltaBatchBuilder(stream.type());
        int first = 50_000;
        for (int i = 0; i < first; i++) {
            rows.column(0).appendLong(i);
            rows.column(1).appendLong(1);
            rows.endRow();
            if (rows.isFull() || i == first - 1) {
                pipeline.push(0, rows.build());
            }
        }
        pipeline.endStep(new StepInfo(1, new long[] {Long.MIN_VALUE}));
        long emitted = collector.take().stream().mapToLong(DeltaBatch::rowCount).sum();
        assertEquals(first, emitted);
        for (int step = 2; step < 20_000; step++) {
            pipeline.push(0, DeltaText.parse(stream.type(), "+1 | " + (first + step) + " | 1"));
            pipeline.endStep(new StepInfo(step, new long[] {Long.MIN_VALUE}));
        }
        List<DeltaBatch> changes = collector.take();
        assertEquals(19_998, changes.size());
        assertTrue(changes.stream().allMatch(batch -> batch.rowCount() == 1));
        assertEquals("+1 | 69999 | 1 | 69998", DeltaText.format(over.type(), changes.get(changes.size() - 1)));
    }
}
