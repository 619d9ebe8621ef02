package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.time.SystemClock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prints how long planning takes, and fails only if that is out of all proportion. */
class PlanningTimeTest {
    private static final int ROUNDS = 300;
    private static final long FAR_TOO_LONG_MICROS = 1_000_000;

    @Test
    void plansAWarmQuerySoon() {
        SystemClock clock = new SystemClock();
        long start = clock.monotonicNanos();
        new Planner().warmUp();
        System.out.println("warm-up of a planner, cold if this class runs alone: "
                + (clock.monotonicNanos() - start) / 1_000_000 + " ms");
        StatementRunner runner = new StatementRunner();
        for (String query : List.of(
                "SELECT a, k FROM s WHERE a > 10",
                "SELECT window_start, k, COUNT(*), SUM(b) FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts),"
                        + " INTERVAL '10' SECOND)) GROUP BY window_start, k",
                "SELECT p.price, a.seller FROM bid p JOIN auction a ON p.auction = a.id WHERE a.category = 10",
                "SELECT c.n, t.name, COUNT(*) AS bids, MAX(b.price) AS best, SUM(s.d) AS total"
                        + " FROM bid AS b JOIN auction AS a ON b.auction = a.id"
                        + " AND b.\"dateTime\" BETWEEN a.\"dateTime\" AND a.expires"
                        + " LEFT JOIN t ON t.id = a.seller JOIN s ON s.b = b.bidder LEFT JOIN counts AS c ON c.k = s.k"
                        + " WHERE a.category = 10 AND s.flag GROUP BY c.n, t.name HAVING COUNT(*) > 1",
                "INSERT INTO t VALUES (?, ?, ?)")) {
            long[] micros = new long[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                long before = clock.monotonicNanos();
                runner.plan(query);
                micros[i] = (clock.monotonicNanos() - before) / 1_000;
            }
            Arrays.sort(micros);
            System.out.println("warm: median " + micros[ROUNDS / 2] + " us, best " + micros[0] + " us: " + query);
            assertTrue(micros[ROUNDS / 2] < FAR_TOO_LONG_MICROS);
        }
    }
}
