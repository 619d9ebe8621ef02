package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that equalities connect, in every order in which FROM may name them. */
class JoinOrderTest {
    private static final StatementRunner RUNNER = new StatementRunner();
    private static final String CHAIN = "t1.v = t2.v AND t2.id = t3.id AND t3.v = t4.v AND t4.id = t5.id";
    private static final String STAR = "t1.id = t2.id AND t1.id = t3.id AND t1.v = t4.v AND t1.v = t5.v";

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void neverJoinsAllPairsOfAChain(int tables) {
        neverJoinsAllPairs(tables, CHAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void neverJoinsAllPairsOfAStar(int tables) {
        neverJoinsAllPairs(tables, STAR);
    }

    private static void neverJoinsAllPairs(int tables, String conditions) {
        String where = String.join(" AND ", List.of(conditions.split(" AND ")).subList(0, tables - 1));
        for (List<String> order : orders(tables)) {
            String from = String.join(", ", order);
            String statement = "SELECT t3.id, t1.name, t2.v FROM " + from + " WHERE " + where;
            String plan = RUNNER.planText(statement);
            assertFalse(plan.contains("Join on ()"), () -> statement + "\n" + plan);
            assertEquals(tables - 1, plan.split("Join on", -1).length - 1, () -> statement + "\n" + plan);
            String row = plan.lines().findFirst().orElse("");
            assertTrue(row.endsWith("columns (id BIGINT NOT NULL, name VARCHAR, v DECIMAL(10, 2))"), row);
            assertEquals(
                    columns("SELECT * FROM " + from), columns("SELECT * FROM " + from + " WHERE " + where), statement);
        }
    }

    private static String columns(String statement) {
        return RUNNER.plan(statement).plan().type().toString();
    }

    private static List<List<String>> orders(int tables) {
        List<List<String>> orders = List.of(List.of());
        for (int table = 1; table <= tables; table++) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> order : orders) {
                for (int place = 0; place <= order.size(); place++) {
                    List<String> next = new ArrayList<>(order);
                    next.add(place, "t AS t" + table);
                    longer.add(next);
                }
            }
            orders = longer;
        }
        return orders;
    }
}
