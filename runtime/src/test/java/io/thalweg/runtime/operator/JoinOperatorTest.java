package io.thalweg.runtime.operator;

import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinOperatorTest {
    private static final ScanNode ORDERS = Plans.table("orders", "id", SqlType.BIGINT, "city", SqlType.VARCHAR);
    private static final ScanNode CITIES = Plans.table("cities", "name", SqlType.VARCHAR, "zip", SqlType.INTEGER);

    @Test
    void pairsRowsOfEqualKeysWhateverComesFirst() {
        OperatorHarness.of(Plans.join(ORDERS, CITIES, List.of(1), List.of(0)))
                .given("""
                        +1 | 1 | Ulm
                        +2 | 2 | Ulm
                        +1 | 3 | NULL
                        """, """
                        +1 | NULL | 0
                        """)
                .given("", """
                        +1 | Ulm  | 89073
                        +1 | Ulm  | 89075
                        +1 | Bonn | 53111
                        """)
                .expect("""
                        +1 | 1 | Ulm | Ulm | 89073
                        +1 | 1 | Ulm | Ulm | 89075
                        +2 | 2 | Ulm | Ulm | 89073
                        +2 | 2 | Ulm | Ulm | 89075
                        """)
                .given("-1 | 2 | Ulm", "-1 | Ulm | 89073")
                .expect("""
                        -1 | 1 | Ulm | Ulm | 89073
                        -2 | 2 | Ulm | Ulm | 89073
                        -1 | 2 | Ulm | Ulm | 89075
                        """)
                .given("""
                        -1 | 1 | Ulm
                        -1 | 2 | Ulm
                        -1 | 3 | NULL
                        """, """
                        -1 | NULL | 0
                        -1 | Ulm  | 89075
                        -1 | Bonn | 53111
                        """)
                .expect("""
                        -1 | 1 | Ulm | Ulm | 89075
                        -1 | 2 | Ulm | Ulm | 89075
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void residualConditionSeesBothRows() {
        ScanNode left = Plans.table("l", "a", SqlType.BIGINT, "b", SqlType.BIGINT);
        ScanNode right = Plans.table("r", "c", SqlType.BIGINT, "d", SqlType.BIGINT);
        var all = Plans.join(left, right, List.of(0), List.of(0));
        var less = Plans.call(ScalarFunction.LESS, SqlType.BOOLEAN, Plans.column(all, 1), Plans.column(all, 3));
        OperatorHarness.of(Plans.join(left, right, List.of(0), List.of(0), Optional.of(less)))
                .given("+1 | 1 | 5", """
                        +1 | 1 | 4
                        +1 | 1 | 6
                        +1 | 1 | NULL
                        """)
                .expect("+1 | 1 | 5 | 1 | 6")
                .run();
    }

    @Test
    void withoutKeysEveryPairMatches() {
        OperatorHarness.of(Plans.join(ORDERS, CITIES, List.of(), List.of()))
                .given("""
                        +1 | 1 | NULL
                        +1 | 2 | Ulm
                        """, "+3 | Bonn | 1")
                .expect("""
                        +3 | 1 | NULL | Bonn | 1
                        +3 | 2 | Ulm  | Bonn | 1
                        """)
                .given("""
                        -1 | 1 | NULL
                        -1 | 2 | Ulm
                        """, "-3 | Bonn | 1")
                .expect("""
                        -3 | 1 | NULL | Bonn | 1
                        -3 | 2 | Ulm  | Bonn | 1
                        """)
                .leavesNoState()
                .run();
    }

    @Test
    void joinsARelationWithItself() {
        OperatorHarness.of(Plans.join(ORDERS, ORDERS, List.of(1), List.of(1)))
                .given("""
                        +1 | 1 | Ulm
                        +1 | 2 | Ulm
                        """)
                .expect("""
                        +1 | 1 | Ulm | 1 | Ulm
                        +1 | 1 | Ulm | 2 | Ulm
                        +1 | 2 | Ulm | 1 | Ulm
                        +1 | 2 | Ulm | 2 | Ulm
                        """)
                .given("-1 | 1 | Ulm")
                .expect("""
                        -1 | 1 | Ulm | 1 | Ulm
                        -1 | 1 | Ulm | 2 | Ulm
                        -1 | 2 | Ulm | 1 | Ulm
                        """)
                .run();
    }

    @Test
    void snapshotTakesAnyOrder() {
        OperatorHarness.of(Plans.join(ORDERS, CITIES, List.of(1), List.of(0)))
                .mode(EmitMode.SNAPSHOT)
                .given("+1 | 1 | Ulm", "+1 | Ulm | 7")
                .expect("+1 | 1 | Ulm | Ulm | 7")
                .run();
    }
}
