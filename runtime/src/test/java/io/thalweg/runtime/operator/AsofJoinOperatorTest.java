package io.thalweg.runtime.operator;

import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.AsofMatch.Nearest;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AsofJoinOperatorTest {
    private static final ScanNode TRADES = Plans.table("trades", "symbol", SqlType.VARCHAR, "at", SqlType.BIGINT);
    private static final ScanNode QUOTES =
            Plans.table("quotes", "symbol", SqlType.VARCHAR, "at", SqlType.BIGINT, "price", SqlType.INTEGER);

    private static OperatorHarness join(Nearest nearest, boolean keepsUnmatched) {
        JoinKeys keys = new JoinKeys(List.of(0), List.of(0));
        return OperatorHarness.of(Plans.asofJoin(TRADES, QUOTES, keys, new AsofMatch(1, 1, nearest), keepsUnmatched));
    }

    @Test
    void aNearerRowTakesThePlaceOfAnotherAndGivesItBack() {
        join(Nearest.AT_OR_BEFORE, true)
                .given("""
                        +1 | a    | 10
                        +2 | a    | 20
                        +1 | a    | 30
                        +1 | NULL | 10
                        """, "+1 | a | 10 | 1")
                .expect("""
                        +1 | a    | 10 | a    | 10   | 1
                        +2 | a    | 20 | a    | 10   | 1
                        +1 | a    | 30 | a    | 10   | 1
                        +1 | NULL | 10 | NULL | NULL | NULL
                        """)
                .given("", """
                        +1 | a    | 15 | 2
                        +1 | a    | 25 | 3
                        +1 | NULL | 5  | 9
                        +1 | b    | 5  | 9
                        """)
                .expect("""
                        -2 | a | 20 | a | 10 | 1
                        +2 | a | 20 | a | 15 | 2
                        -1 | a | 30 | a | 10 | 1
                        +1 | a | 30 | a | 25 | 3
                        """)
                .given("-1 | a | 20", """
                        -1 | a | 15 | 2
                        -1 | a | 10 | 1
                        """)
                .expect("""
                        -1 | a | 10 | a    | 10   | 1
                        +1 | a | 10 | NULL | NULL | NULL
                        -2 | a | 20 | a    | 15   | 2
                        +1 | a | 20 | NULL | NULL | NULL
                        """)
                .run();
    }

    @Test
    void ofRowsThatAreEquallyNearTheOrderOfAllColumnsDecides() {
        join(Nearest.AT_OR_BEFORE, false)
                .given("+1 | a | 10", """
                        +1 | a | 10 | 2
                        +1 | a | 10 | 7
                        """)
                .expect("+1 | a | 10 | a | 10 | 7")
                .given("", "-1 | a | 10 | 7")
                .expect("""
                        -1 | a | 10 | a | 10 | 7
                        +1 | a | 10 | a | 10 | 2
                        """)
                .run();
        join(Nearest.AT_OR_AFTER, false)
                .given("+1 | a | 10", """
                        +1 | a | 10 | 2
                        +1 | a | 10 | 7
                        """)
                .expect("+1 | a | 10 | a | 10 | 2")
                .run();
        join(Nearest.AFTER, false)
                .given("+1 | a | 10", """
                        +1 | a | 10 | 2
                        +1 | a | 11 | 7
                        """)
                .expect("+1 | a | 10 | a | 11 | 7")
                .run();
        join(Nearest.BEFORE, false)
                .given("+1 | a | 10", """
                        +1 | a | 10 | 2
                        +1 | a | 9  | 7
                        """)
                .expect("+1 | a | 10 | a | 9 | 7")
                .run();
    }

    @Test
    void forgetsWhatHasSettledButTheNewestRowOfEachKey() {
        ScanNode left = Plans.stream("l", "k", SqlType.BIGINT, "ts", SqlType.timestamp(0));
        ScanNode right = Plans.stream("r", "k", SqlType.BIGINT, "ts", SqlType.timestamp(0));
        JoinKeys keys = new JoinKeys(List.of(0), List.of(0));
        var back = Plans.asofJoin(left, right, keys, new AsofMatch(1, 1, Nearest.AT_OR_BEFORE), true)
                .settling(OptionalLong.of(1));
        OperatorHarness.of(back)
                .given("+1 | 1 | 1970-01-01 00:00:05", """
                        +1 | 1 | 1970-01-01 00:00:01
                        +1 | 1 | 1970-01-01 00:00:03
                        """)
                .watermark(8_000_000)
                .expect("+1 | 1 | 1970-01-01 00:00:05 | 1 | 1970-01-01 00:00:03")
                .given("+1 | 1 | 1970-01-01 00:00:09", "")
                .watermark(20_000_000)
                .expect("+1 | 1 | 1970-01-01 00:00:09 | 1 | 1970-01-01 00:00:03")
                .leavesRows(1)
                .run();
        var ahead = Plans.asofJoin(left, right, keys, new AsofMatch(1, 1, Nearest.AFTER), true)
                .settling(OptionalLong.of(1));
        OperatorHarness.of(ahead)
                .given("+1 | 1 | 1970-01-01 00:00:05", "+1 | 1 | 1970-01-01 00:00:05")
                .watermark(6_000_000)
                .expect("+1 | 1 | 1970-01-01 00:00:05 | NULL | NULL")
                .given("", "+1 | 1 | 1970-01-01 00:00:07")
                .watermark(20_000_000)
                .expect("""
                        -1 | 1 | 1970-01-01 00:00:05 | NULL | NULL
                        +1 | 1 | 1970-01-01 00:00:05 | 1    | 1970-01-01 00:00:07
                        """)
                .leavesNoState()
                .run();
    }
}
