package io.thalweg.runtime.operator;

import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import org.junit.jupiter.api.Test;

class WindowOperatorTest {
    private static final ScanNode ROWS = Plans.table("rows", "t", SqlType.timestamp(0), "v", SqlType.BIGINT);

    @Test
    void repeatsARowForEachHoppingWindow() {
        OperatorHarness.of(Plans.window(ROWS, WindowNode.Kind.HOP, 0, 2_000_000, 5_000_000, 1_000_000))
                .given("""
                        +2 | 1970-01-01 00:00:00 | 1
                        +1 | 1970-01-01 00:00:05 | 2
                        +1 | NULL                | 3
                        """)
                .expect("""
                        +2 | 1970-01-01 00:00:00 | 1 | 1969-12-31 23:59:57 | 1970-01-01 00:00:02
                        +2 | 1970-01-01 00:00:00 | 1 | 1969-12-31 23:59:59 | 1970-01-01 00:00:04
                        +1 | 1970-01-01 00:00:05 | 2 | 1970-01-01 00:00:01 | 1970-01-01 00:00:06
                        +1 | 1970-01-01 00:00:05 | 2 | 1970-01-01 00:00:03 | 1970-01-01 00:00:08
                        +1 | 1970-01-01 00:00:05 | 2 | 1970-01-01 00:00:05 | 1970-01-01 00:00:10
                        """)
                .given("-1 | 1970-01-01 00:00:00 | 1")
                .expect("""
                        -1 | 1970-01-01 00:00:00 | 1 | 1969-12-31 23:59:57 | 1970-01-01 00:00:02
                        -1 | 1970-01-01 00:00:00 | 1 | 1969-12-31 23:59:59 | 1970-01-01 00:00:04
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void repeatsARowForEachCumulatingWindowThatEndsBehindIt() {
        OperatorHarness.of(Plans.window(ROWS, WindowNode.Kind.CUMULATE, 0, 2_000_000, 6_000_000, 0))
                .given("""
                        +1 | 1970-01-01 00:00:02 | 1
                        +1 | 1970-01-01 00:00:05 | 2
                        """)
                .expect("""
                        +1 | 1970-01-01 00:00:02 | 1 | 1970-01-01 00:00:00 | 1970-01-01 00:00:04
                        +1 | 1970-01-01 00:00:02 | 1 | 1970-01-01 00:00:00 | 1970-01-01 00:00:06
                        +1 | 1970-01-01 00:00:05 | 2 | 1970-01-01 00:00:00 | 1970-01-01 00:00:06
                        """)
                .run();
    }
}
