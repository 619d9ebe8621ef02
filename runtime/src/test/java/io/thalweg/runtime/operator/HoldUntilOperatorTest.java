package io.thalweg.runtime.operator;

import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldUntilOperatorTest {
    private static final ScanNode ROWS = Plans.stream("rows", "t", SqlType.timestamp(0), "v", SqlType.BIGINT);

    @Test
    void letsRowsOutOnceTheWatermarkHasReachedThem() {
        OperatorHarness.of(Plans.holdUntil(ROWS, 0, 0))
                .mode(EmitMode.FINAL)
                .given("""
                        +1 | 1970-01-01 00:00:10 | 1
                        +2 | 1970-01-01 00:00:20 | 2
                        +1 | NULL                | 3
                        """)
                .watermark(10_000_000)
                .expect("+1 | 1970-01-01 00:00:10 | 1")
                .given("""
                        -1 | 1970-01-01 00:00:10 | 1
                        +1 | 1970-01-01 00:00:20 | 5
                        -1 | 1970-01-01 00:00:20 | 5
                        -1 | 1970-01-01 00:00:20 | 2
                        """)
                .watermark(19_999_999)
                .given("")
                .watermark(30_000_000)
                .expect("+1 | 1970-01-01 00:00:20 | 2")
                .leavesNoState()
                .stepsMatter()
                .run();
    }

    @Test
    void emitsEachWindowOnceAndFreesIt() {
        var windows = Plans.aggregate(
                ROWS,
                List.of(0),
                Optional.of(new CloseTime(0, 5_000_000)),
                Plans.countRows(),
                Plans.over(ROWS, AggregateFunction.SUM, 1));
        OperatorHarness.of(Plans.holdUntil(windows, 0, 5_000_000))
                .mode(EmitMode.FINAL)
                .given("""
                        +1 | 1970-01-01 00:00:00 | 1
                        +1 | 1970-01-01 00:00:05 | 2
                        """)
                .watermark(4_000_000)
                .given("+1 | 1970-01-01 00:00:00 | 4")
                .watermark(5_000_000)
                .expect("+1 | 1970-01-01 00:00:00 | 2 | 5")
                .given("+1 | 1970-01-01 00:00:05 | 4")
                .watermark(10_000_000)
                .expect("+1 | 1970-01-01 00:00:05 | 2 | 6")
                .leavesNoState()
                .stepsMatter()
                .run();
    }
}
