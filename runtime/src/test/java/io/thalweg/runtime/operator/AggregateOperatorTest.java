package io.thalweg.runtime.operator;

import static io.thalweg.runtime.testkit.Plans.aggregate;
import static io.thalweg.runtime.testkit.Plans.countRows;
import static io.thalweg.runtime.testkit.Plans.distinct;
import static io.thalweg.runtime.testkit.Plans.filtered;
import static io.thalweg.runtime.testkit.Plans.over;

import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregateOperatorTest {
    private static final ScanNode SALES =
            Plans.table("sales", "city", SqlType.VARCHAR, "amount", SqlType.INTEGER, "paid", SqlType.BOOLEAN);

    @Test
    void emitsOldAndNewOfChangedGroupsOnce() {
        OperatorHarness.of(aggregate(SALES, List.of(0), countRows(), over(SALES, AggregateFunction.SUM, 1)))
                .given("""
                        +1 | Ulm  | 1 | true
                        +1 | Ulm  | 2 | true
                        +1 | Bonn | 5 | true
                        """)
                .expect("""
                        +1 | Ulm  | 2 | 3
                        +1 | Bonn | 1 | 5
                        """)
                .given("""
                        +1 | Ulm  | 4 | true
                        -1 | Bonn | 5 | true
                        +1 | Bonn | 5 | false
                        """)
                .expect("""
                        -1 | Ulm | 2 | 3
                        +1 | Ulm | 3 | 7
                        """)
                .given("""
                        -1 | Ulm  | 4 | true
                        -1 | Ulm  | 2 | true
                        -1 | Ulm  | 1 | true
                        -1 | Bonn | 5 | false
                        """)
                .expect("""
                        -1 | Ulm  | 3 | 7
                        -1 | Bonn | 1 | 5
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void nullKeysAreOneGroupAndNullValuesDoNotCount() {
        OperatorHarness.of(aggregate(
                        SALES,
                        List.of(0),
                        countRows(),
                        over(SALES, AggregateFunction.COUNT, 1),
                        over(SALES, AggregateFunction.SUM, 1),
                        over(SALES, AggregateFunction.AVERAGE, 1)))
                .given("""
                        +1 | NULL | NULL | NULL
                        +1 | NULL | 3    | NULL
                        +2 | Ulm  | NULL | NULL
                        """)
                .expect("""
                        +1 | NULL | 2 | 1 | 3    | 3.0
                        +1 | Ulm  | 2 | 0 | NULL | NULL
                        """)
                .run();
    }

    @Test
    void withoutGroupColumnsThereIsAlwaysOneRow() {
        OperatorHarness.of(aggregate(SALES, List.of(), countRows(), over(SALES, AggregateFunction.MAXIMUM, 1)))
                .given("")
                .expect("+1 | 0 | NULL")
                .given("+1 | Ulm | 7 | NULL")
                .expect("""
                        -1 | 0 | NULL
                        +1 | 1 | 7
                        """)
                .given("-1 | Ulm | 7 | NULL")
                .expect("""
                        -1 | 1 | 7
                        +1 | 0 | NULL
                        """)
                .run();
    }

    @Test
    void minimumComesBackWhenALowerValueIsDeleted() {
        OperatorHarness.of(aggregate(
                        SALES,
                        List.of(1),
                        over(SALES, AggregateFunction.MINIMUM, 0),
                        over(SALES, AggregateFunction.MAXIMUM, 0)))
                .given("""
                        +1 | b | 1 | true
                        +1 | a | 1 | true
                        +2 | c | 1 | true
                        """)
                .expect("+1 | 1 | a | c")
                .given("""
                        -1 | a | 1 | true
                        -1 | c | 1 | true
                        """)
                .expect("""
                        -1 | 1 | a | c
                        +1 | 1 | b | c
                        """)
                .given("-1 | c | 1 | true")
                .expect("""
                        -1 | 1 | b | c
                        +1 | 1 | b | b
                        """)
                .given("-1 | b | 1 | true")
                .expect("-1 | 1 | b | b")
                .leavesNoState()
                .run();
    }

    @Test
    void filterAndDistinctChooseWhatCounts() {
        OperatorHarness.of(aggregate(
                        SALES,
                        List.of(0),
                        filtered(countRows(), 2),
                        distinct(over(SALES, AggregateFunction.COUNT, 1)),
                        distinct(over(SALES, AggregateFunction.SUM, 1)),
                        filtered(distinct(over(SALES, AggregateFunction.SUM, 1)), 2)))
                .given("""
                        +2 | Ulm | 3    | false
                        +1 | Ulm | 3    | true
                        +1 | Ulm | 4    | NULL
                        +1 | Ulm | NULL | true
                        """)
                .expect("+1 | Ulm | 2 | 2 | 7 | 3")
                .given("-1 | Ulm | 3 | true")
                .expect("""
                        -1 | Ulm | 2 | 2 | 7 | 3
                        +1 | Ulm | 1 | 2 | 7 | NULL
                        """)
                .given("""
                        -2 | Ulm | 3    | false
                        -1 | Ulm | 4    | NULL
                        -1 | Ulm | NULL | true
                        """)
                .expect("-1 | Ulm | 1 | 2 | 7 | NULL")
                .leavesNoState()
                .run();
    }

    @Test
    void selectDistinctCountsRowsSilently() {
        OperatorHarness.of(aggregate(SALES, List.of(0, 2)))
                .given("""
                        +1 | Ulm | 1 | true
                        +1 | Ulm | 2 | true
                        """)
                .expect("+1 | Ulm | true")
                .given("-1 | Ulm | 1 | true")
                .given("-1 | Ulm | 2 | true")
                .expect("-1 | Ulm | true")
                .leavesNoState()
                .run();
    }

    @Test
    void decimalsKeepTheirScaleAndRoundHalfAway() {
        ScanNode prices = Plans.table("prices", "k", SqlType.BIGINT, "p", SqlType.decimal(10, 2));
        OperatorHarness.of(aggregate(
                        prices,
                        List.of(0),
                        over(prices, AggregateFunction.SUM, 1),
                        over(prices, AggregateFunction.AVERAGE, 1)))
                .given("""
                        +1 | 1 | 0.01
                        +2 | 1 | 0.02
                        +1 | 2 | -10.00
                        +2 | 2 | 0.00
                        """)
                .expect("""
                        +1 | 1 | 0.05   | 0.016667
                        +1 | 2 | -10.00 | -3.333333
                        """)
                .run();
    }

    @Test
    void doublesSumExactlyInAnyOrder() {
        ScanNode numbers = Plans.table("numbers", "k", SqlType.BIGINT, "d", SqlType.DOUBLE);
        OperatorHarness.of(aggregate(
                        numbers,
                        List.of(0),
                        over(numbers, AggregateFunction.SUM, 1),
                        over(numbers, AggregateFunction.AVERAGE, 1)))
                .given("""
                        +1 | 1 | 1e300
                        +1 | 1 | 0.1
                        +1 | 1 | -1e300
                        +1 | 2 | Infinity
                        +1 | 2 | 1
                        """)
                .expect("""
                        +1 | 1 | 0.1      | 0.03333333333333333
                        +1 | 2 | Infinity | Infinity
                        """)
                .given("-1 | 2 | Infinity")
                .expect("""
                        -1 | 2 | Infinity | Infinity
                        +1 | 2 | 1.0      | 1.0
                        """)
                .given("""
                        -1 | 2 | 1
                        +1 | 2 | NaN
                        -1 | 1 | 1e300
                        -1 | 1 | 0.1
                        -1 | 1 | -1e300
                        """)
                .expect("""
                        -1 | 2 | 1.0 | 1.0
                        +1 | 2 | NaN | NaN
                        -1 | 1 | 0.1 | 0.03333333333333333
                        """)
                .run();
    }

    @Test
    void closedWindowsAreFreedAndLateChangesIgnored() {
        ScanNode clicks = Plans.stream("clicks", "w", SqlType.timestamp(6), "v", SqlType.BIGINT);
        OperatorHarness.of(aggregate(
                        clicks,
                        List.of(0),
                        Optional.of(new CloseTime(0, 10_000_000)),
                        countRows(),
                        over(clicks, AggregateFunction.MAXIMUM, 1)))
                .given("""
                        +1 | 1970-01-01 00:00:00 | 1
                        +1 | 1970-01-01 00:00:10 | 2
                        """)
                .watermark(9_999_999)
                .expect("""
                        +1 | 1970-01-01 00:00:00.000000 | 1 | 1
                        +1 | 1970-01-01 00:00:10.000000 | 1 | 2
                        """)
                .given("+1 | 1970-01-01 00:00:00 | 3")
                .watermark(10_000_000)
                .expect("""
                        -1 | 1970-01-01 00:00:00.000000 | 1 | 1
                        +1 | 1970-01-01 00:00:00.000000 | 2 | 3
                        """)
                .given("""
                        +1 | 1970-01-01 00:00:00 | 9
                        +1 | 1970-01-01 00:00:10 | 9
                        """)
                .watermark(20_000_000)
                .expect("""
                        -1 | 1970-01-01 00:00:10.000000 | 1 | 2
                        +1 | 1970-01-01 00:00:10.000000 | 2 | 9
                        """)
                .leavesNoState()
                .stepsMatter()
                .run();
    }
}
