package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One planner serves many threads, and gives each the plan it gives to one alone. */
class ConcurrentPlanningTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 25;
    private static final List<String> STATEMENTS = List.of(
            "SELECT a, k FROM s WHERE a > 10 AND date_format(ts, 'yyyy') = '2001'",
            "SELECT window_start, k, COUNT(*) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                    + " GROUP BY window_start, k EMIT FINAL",
            "SELECT p.price, a.seller FROM bid p JOIN auction a ON p.auction = a.id WHERE a.category = 10 EMIT CHANGES",
            "SELECT x FROM vv UNION ALL SELECT n FROM counts",
            "INSERT INTO t VALUES (?, UPPER(?), 1.5), (2, 'x', ?)",
            "SELECT nope FROM s");

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void plansTheSameOnManyThreads() throws Exception {
        StatementRunner runner = new StatementRunner();
        List<String> alone = STATEMENTS.stream().map(runner::planText).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < THREADS * ROUNDS; i++) {
                results.add(threads.submit(
                        () -> STATEMENTS.stream().map(runner::planText).toList()));
            }
            for (Future<List<String>> result : results) {
                assertEquals(alone, result.get(60, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
