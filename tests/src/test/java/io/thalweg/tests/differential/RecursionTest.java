package io.thalweg.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Recursive queries over graphs that change: after every step of every replay the answer is DuckDB's over the same prefix.
 * {@code -Dthalweg.recursions=…} asks more of them.
 */
class RecursionTest {
    private static final int QUERIES = Integer.getInteger("thalweg.recursions", 40);
    private static final int QUERIES_OF_A_WORLD = 20;
    private static final int FAILURES_SHOWN = 5;

    @Test
    void everyStateIsTheAnswerOverAPrefix() throws SQLException {
        long seed = Seeds.of("RecursionTest");
        List<String> failures = new ArrayList<>();
        int answered = 0;
        for (int i = 0; i * QUERIES_OF_A_WORLD < QUERIES && failures.size() < FAILURES_SHOWN; i++) {
            Random random = new Random(seed * 1_000_003 + i);
            World world = World.of(random, i % 2 == 0);
            try (OracleWorld oracle = new OracleWorld(world)) {
                RandomRecursions queries = new RandomRecursions(random);
                for (int j = 0; j < QUERIES_OF_A_WORLD; j++) {
                    String sql = queries.next();
                    Differential differential = new Differential(sql, world.appendOnly(), random.nextLong());
                    if (!differential.difference(world, oracle).isEmpty()) {
                        failures.add(sql + "\n" + differential.smallest(world));
                    }
                    answered++;
                }
            }
        }
        System.out.println("RecursionTest: " + answered + " queries answered, " + failures.size() + " wrong");
        assertEquals("", String.join("\n\n", failures));
        assertTrue(answered >= QUERIES, answered + " queries answered");
    }
}
