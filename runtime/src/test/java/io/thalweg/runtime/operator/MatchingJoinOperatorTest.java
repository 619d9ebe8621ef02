package io.thalweg.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatchingJoinOperatorTest {
    private static final ScanNode ORDERS = Plans.table("orders", "id", SqlType.BIGINT, "city", SqlType.VARCHAR);
    private static final ScanNode CITIES = Plans.table("cities", "name", SqlType.VARCHAR, "zip", SqlType.INTEGER);

    private static OperatorHarness join(JoinKind kind) {
        return OperatorHarness.of(Plans.join(kind, ORDERS, CITIES, List.of(1), List.of(0), Optional.empty()));
    }

    @Test
    void aRowIsAloneUntilItsPartnerComesAndWhenItHasGone() {
        join(JoinKind.LEFT)
                .given("""
                        +2 | 1 | Ulm
                        +1 | 2 | Bonn
                        +1 | 3 | NULL
                        """, "+1 | Bonn | 53111")
                .expect("""
                        +2 | 1 | Ulm  | NULL | NULL
                        +1 | 2 | Bonn | Bonn | 53111
                        +1 | 3 | NULL | NULL | NULL
                        """)
                .given("", "+1 | Ulm | 89073")
                .expect("""
                        -2 | 1 | Ulm | NULL | NULL
                        +2 | 1 | Ulm | Ulm  | 89073
                        """)
                .given("-1 | 1 | Ulm", """
                        -1 | Ulm | 89073
                        +1 | Ulm | 89075
                        """)
                .expect("""
                        -2 | 1 | Ulm | Ulm | 89073
                        +1 | 1 | Ulm | Ulm | 89075
                        """)
                .given("", "-1 | Ulm | 89075")
                .expect("""
                        -1 | 1 | Ulm | Ulm  | 89075
                        +1 | 1 | Ulm | NULL | NULL
                        """)
                .given("""
                        -1 | 1 | Ulm
                        -1 | 2 | Bonn
                        -1 | 3 | NULL
                        """, "-1 | Bonn | 53111")
                .expect("""
                        -1 | 1 | Ulm  | NULL | NULL
                        -1 | 2 | Bonn | Bonn | 53111
                        -1 | 3 | NULL | NULL | NULL
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void fullKeepsBothSides() {
        join(JoinKind.FULL)
                .given("+1 | 1 | Ulm", "+1 | Bonn | 53111")
                .expect("""
                        +1 | 1    | Ulm  | NULL | NULL
                        +1 | NULL | NULL | Bonn | 53111
                        """)
                .given("+1 | 2 | Bonn", "+1 | Ulm | 89073")
                .expect("""
                        -1 | 1    | Ulm  | NULL | NULL
                        -1 | NULL | NULL | Bonn | 53111
                        +1 | 1    | Ulm  | Ulm  | 89073
                        +1 | 2    | Bonn | Bonn | 53111
                        """)
                .run();
    }

    @Test
    void semiAndAntiTellRowsOnceHoweverManyPartnersTheyHave() {
        join(JoinKind.SEMI)
                .given("+1 | 1 | Ulm", """
                        +1 | Ulm | 89073
                        +1 | Ulm | 89075
                        """)
                .expect("+1 | 1 | Ulm")
                .given("+1 | 2 | NULL", "-1 | Ulm | 89073")
                .expect("")
                .given("", "-1 | Ulm | 89075")
                .expect("-1 | 1 | Ulm")
                .run();
        join(JoinKind.ANTI)
                .given("""
                        +1 | 1 | Ulm
                        +1 | 2 | NULL
                        """, "")
                .expect("""
                        +1 | 1 | Ulm
                        +1 | 2 | NULL
                        """)
                .given("", """
                        +1 | Ulm | 89073
                        +1 | Ulm | 89075
                        """)
                .expect("-1 | 1 | Ulm")
                .run();
    }

    @Test
    void aMarkTellsWhetherThereIsAPartner() {
        join(JoinKind.MARK)
                .given("""
                        +2 | 1 | Ulm
                        +1 | 2 | NULL
                        """, "+1 | Bonn | 53111")
                .expect("""
                        +2 | 1 | Ulm  | false
                        +1 | 2 | NULL | false
                        """)
                .given("+1 | 3 | Bonn", """
                        +1 | Ulm | 89073
                        +1 | Ulm | 89075
                        """)
                .expect("""
                        -2 | 1 | Ulm  | false
                        +2 | 1 | Ulm  | true
                        +1 | 3 | Bonn | true
                        """)
                .given("-1 | 1 | Ulm", """
                        -1 | Ulm | 89073
                        -1 | Ulm | 89075
                        """)
                .expect("""
                        -2 | 1 | Ulm | true
                        +1 | 1 | Ulm | false
                        """)
                .run();
    }

    @Test
    void aSinglePartnerMayBeExchangedWithinAStep() {
        join(JoinKind.SINGLE)
                .given("+1 | 1 | Ulm", "+1 | Ulm | 89073")
                .expect("+1 | 1 | Ulm | Ulm | 89073")
                .given("", """
                        +1 | Ulm | 89075
                        -1 | Ulm | 89073
                        """)
                .expect("""
                        -1 | 1 | Ulm | Ulm | 89073
                        +1 | 1 | Ulm | Ulm | 89075
                        """)
                .given("-1 | 1 | Ulm", "")
                .expect("-1 | 1 | Ulm | Ulm | 89075")
                .given("", "+1 | Ulm | 89077")
                .expect("")
                .run();
    }

    @Test
    void aSecondPartnerOfASingleJoinIsAnError() {
        OperatorHarness two = join(JoinKind.SINGLE).given("+1 | 1 | Ulm", """
                        +1 | Ulm | 89073
                        +1 | Ulm | 89075
                        """);
        ThalwegException error = assertThrows(ThalwegException.class, two::run);
        assertEquals(ErrorCode.CARDINALITY_VIOLATION, error.code());
    }

    @Test
    void aPartnerThatTheConditionRefusesIsNone() {
        ScanNode left = Plans.table("l", "a", SqlType.BIGINT, "b", SqlType.BIGINT);
        ScanNode right = Plans.table("r", "c", SqlType.BIGINT, "d", SqlType.BIGINT);
        var all = Plans.join(left, right, List.of(0), List.of(0));
        var less = Plans.call(ScalarFunction.LESS, SqlType.BOOLEAN, Plans.column(all, 1), Plans.column(all, 3));
        OperatorHarness.of(Plans.join(JoinKind.LEFT, left, right, List.of(0), List.of(0), Optional.of(less)))
                .given("+1 | 1 | 5", """
                        +1 | 1 | 4
                        +1 | 1 | NULL
                        """)
                .expect("+1 | 1 | 5 | NULL | NULL")
                .given("", "+1 | 1 | 6")
                .expect("""
                        -1 | 1 | 5 | NULL | NULL
                        +1 | 1 | 5 | 1    | 6
                        """)
                .run();
    }
}
