package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of functions that users and completion see. */
class FunctionNamesTest {
    @Test
    void listsEveryKindOfFunctionInOrder() {
        List<String> names = new Planner().functionNames();
        assertEquals(names.stream().sorted().distinct().toList(), names);
        assertTrue(names.containsAll(List.of(
                "avg", "cast", "coalesce", "count", "current_date", "extract", "if", "now", "tumble", "upper")));
        assertTrue(names.stream().allMatch(n -> n.matches("[a-z][a-z0-9_]*")), names::toString);
    }
}
