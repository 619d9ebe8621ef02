package io.thalweg.runtime.operator;

import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NowFilterOperatorTest {
    private static final long SECOND = 1_000_000;
    private static final ScanNode ROWS = Plans.table("rows", "t", SqlType.timestamp(0), "v", SqlType.BIGINT);

    private static OperatorHarness filter(Optional<CloseTime> from, Optional<CloseTime> until, String zone) {
        return OperatorHarness.of(new NowFilterNode(ROWS, from, until, zone, ROWS.type()));
    }

    private static Optional<CloseTime> after(long seconds) {
        return Optional.of(new CloseTime(0, seconds * SECOND));
    }

    @Test
    void rowsLeaveWhenTheirTimeIsOver() {
        filter(Optional.empty(), after(10), "Z")
                .given("""
                        +2 | 1970-01-01 00:00:05 | 1
                        +1 | 1970-01-01 00:00:08 | 2
                        +1 | 1970-01-01 00:00:00 | 3
                        +1 | NULL                | 4
                        """)
                .now(10 * SECOND)
                .expect("""
                        +2 | 1970-01-01 00:00:05 | 1
                        +1 | 1970-01-01 00:00:08 | 2
                        """)
                .given("-1 | 1970-01-01 00:00:05 | 1")
                .now(15 * SECOND - 1)
                .expect("-1 | 1970-01-01 00:00:05 | 1")
                .given("")
                .now(15 * SECOND)
                .expect("-1 | 1970-01-01 00:00:05 | 1")
                .given("""
                        -1 | 1970-01-01 00:00:05 | 1
                        -1 | 1970-01-01 00:00:08 | 2
                        -1 | 1970-01-01 00:00:00 | 3
                        -1 | NULL                | 4
                        """)
                .now(30 * SECOND)
                .expect("-1 | 1970-01-01 00:00:08 | 2")
                .leavesNoState()
                .stepsMatter()
                .run();
    }

    @Test
    void rowsComeAndGo() {
        filter(after(0), after(10), "Z")
                .given("""
                        +1 | 1970-01-01 00:00:05 | 1
                        +1 | 1970-01-01 00:00:06 | 2
                        +1 | 1970-01-01 00:00:07 | 3
                        """)
                .now(0)
                .given("-1 | 1970-01-01 00:00:06 | 2")
                .now(6 * SECOND)
                .expect("+1 | 1970-01-01 00:00:05 | 1")
                .given("")
                .now(15 * SECOND)
                .expect("""
                        -1 | 1970-01-01 00:00:05 | 1
                        +1 | 1970-01-01 00:00:07 | 3
                        """)
                .given("")
                .now(3 * SECOND)
                .given("")
                .now(17 * SECOND)
                .expect("-1 | 1970-01-01 00:00:07 | 3")
                .leavesNoState()
                .stepsMatter()
                .run();
    }

    @Test
    void aRowThatIsOverBeforeItWasSeenNeverComes() {
        filter(after(0), after(10), "Z")
                .given("+1 | 1970-01-01 00:00:05 | 1")
                .now(0)
                .given("")
                .now(20 * SECOND)
                .leavesNoState()
                .stepsMatter()
                .run();
    }

    @Test
    void theClockIsReadInItsTimeZone() {
        filter(after(0), Optional.empty(), "+01:00")
                .given("+1 | 1970-01-01 01:00:00 | 1")
                .now(-1)
                .given("")
                .now(0)
                .expect("+1 | 1970-01-01 01:00:00 | 1")
                .given("-1 | 1970-01-01 01:00:00 | 1")
                .now(1)
                .expect("-1 | 1970-01-01 01:00:00 | 1")
                .leavesNoState()
                .stepsMatter()
                .run();
    }
}
