package io.thalweg.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.tests.system.Seeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random queries over random insertions, updates and deletions, from their text to the rows: after every step of every
 * replay the answer is DuckDB's over the same prefix. {@code -Dthalweg.random.queries=…} asks more of them.
 */
class RandomQueryTest {
    private static final int QUERIES = Integer.getInteger("thalweg.random.queries", 100);
    private static final int QUERIES_OF_A_WORLD = 25;
    private static final int FAILURES_SHOWN = 10;

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private int answered;
    private int notKnown;

    @Test
    void everyStateIsTheAnswerOverAPrefix() throws SQLException {
        long seed = Seeds.of("RandomQueryTest");
        for (int i = 0; i * QUERIES_OF_A_WORLD < QUERIES && failures.size() < FAILURES_SHOWN; i++) {
            Random random = new Random(seed * 1_000_003 + i);
            World world = World.of(random, i % 2 == 0);
            try (OracleWorld oracle = new OracleWorld(world)) {
                RandomQueries queries = new RandomQueries(random);
                for (int j = 0; j < QUERIES_OF_A_WORLD; j++) {
                    check(queries.next(), world, oracle, random.nextLong());
                }
            }
        }
        System.out.println("RandomQueryTest: " + answered + " queries answered, " + failures.size() + " wrong, "
                + notKnown + " refused by the oracle, refused by us: " + refused);
        assertEquals("", String.join("\n\n", failures));
        assertTrue(answered > QUERIES / 10, answered + " queries answered");
    }

    private void check(String sql, World world, OracleWorld oracle, long seed) throws SQLException {
        try {
            oracle.answer(sql, World.MOMENTS);
            oracle.answer(sql, 0);
        } catch (SQLException refusal) {
            notKnown++;
            return;
        }
        try {
            Differential differential = new Differential(sql, world.appendOnly(), seed);
            String difference = differential.difference(world, oracle);
            answered++;
            if (!difference.isEmpty()) {
                failures.add(sql + "\n" + differential.smallest(world));
            }
        } catch (ThalwegException refusal) {
            refuse(sql, refusal);
        } catch (RuntimeException bug) {
            failures.add(sql + "\n" + bug + "\n" + bug.getStackTrace()[0]);
        }
    }

    private void refuse(String sql, ThalwegException refusal) {
        if (refusal.code() == ErrorCode.FEATURE_NOT_SUPPORTED) {
            if (refused.merge(refusal.message(), 1, Integer::sum) == 1) {
                System.out.println("RandomQueryTest: " + refusal.message() + ", such as " + sql);
            }
        } else {
            failures.add(sql + "\n" + refusal.code() + " " + refusal.message());
        }
    }
}
