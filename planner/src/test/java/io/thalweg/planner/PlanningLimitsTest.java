package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements at and above the limits: both end soon, and the latter with the limit's name. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PlanningLimitsTest {
    private static final StatementRunner RUNNER = new StatementRunner();

    private static String repeated(int count, String separator, String part) {
        return IntStream.range(0, count)
                .mapToObj(i -> part.replace("#", "" + i))
                .collect(Collectors.joining(separator));
    }

    private static void accepted(String query) {
        assertDoesNotThrow(() -> RUNNER.plan(query));
    }

    private static void tooComplex(String query) {
        ThalwegException error = assertThrows(ThalwegException.class, () -> RUNNER.plan(query));
        assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, error.code(), error.message());
        assertTrue(error.span().isPresent(), error.message());
    }

    @Test
    void boundsChainsOfConditions() {
        accepted("SELECT a FROM s WHERE " + repeated(300, " OR ", "a + 1 > #"));
        accepted("SELECT a FROM s WHERE " + repeated(300, " AND ", "k <> 'x#'"));
        tooComplex("SELECT a FROM s WHERE " + repeated(301, " OR ", "b > #"));
        tooComplex("SELECT a FROM s WHERE " + repeated(50_000, " OR ", "b > #"));
    }

    @Test
    void boundsChainsOfOperators() {
        accepted("SELECT " + repeated(300, " + ", "a") + " FROM s");
        tooComplex("SELECT " + repeated(1_000, " + ", "a") + " FROM s");
        tooComplex("SELECT " + repeated(50_000, " + ", "a") + " FROM s");
        tooComplex("SELECT " + "NOT ".repeat(5_000) + "flag FROM s");
        tooComplex("SELECT " + "- ".repeat(5_000) + "a FROM s");
    }

    @Test
    void boundsInLists() {
        accepted("SELECT a FROM s WHERE a IN (" + repeated(10_000, ", ", "#") + ")");
        tooComplex("SELECT a FROM s WHERE a IN (" + repeated(10_001, ", ", "#") + ")");
    }

    @Test
    void boundsUnionsAndJoins() {
        accepted(repeated(100, " UNION ALL ", "SELECT a + # FROM s"));
        tooComplex(repeated(101, " UNION ALL ", "SELECT a FROM s"));
        accepted("SELECT COUNT(*) FROM " + repeated(64, ", ", "t AS t#") + " WHERE "
                + repeated(63, " AND ", "t0.id = t#.id"));
        tooComplex("SELECT COUNT(*) FROM " + repeated(65, ", ", "t AS t#"));
    }

    @Test
    void boundsNesting() {
        accepted("SELECT " + "ABS(".repeat(120) + "a" + ")".repeat(120) + " FROM s");
        accepted("SELECT " + "CASE WHEN flag THEN ".repeat(100) + "a" + " END".repeat(100) + " FROM s");
        accepted("SELECT * FROM " + "(SELECT * FROM ".repeat(60) + "s" + ")".repeat(60));
        tooComplex("SELECT " + "(".repeat(2_000) + "a" + ")".repeat(2_000) + " FROM s");
        tooComplex("SELECT " + "CASE WHEN flag THEN ".repeat(2_000) + "a" + " END".repeat(2_000) + " FROM s");
    }

    @Test
    void plansLargeInserts() {
        accepted("INSERT INTO t VALUES " + repeated(10_000, ", ", "(#, 'name #', #.25)"));
        accepted("INSERT INTO t VALUES " + repeated(1_000, ", ", "(?, ?, ?)"));
    }

    @Test
    void givesUpAtTheTimeLimit() {
        Planner planner = new Planner();
        CatalogSnapshot catalog = TestCatalog.snapshot(planner);
        String slow = "SELECT a FROM s WHERE a IN (" + repeated(10_000, ", ", "#") + ")";
        PlanningContext hurried = new PlanningContext(catalog, "public", 0, ZoneOffset.UTC, Duration.ofMillis(1));
        ThalwegException error = assertThrows(
                ThalwegException.class, () -> planner.planQuery(slow, TestCatalog.START, EmitMode.SNAPSHOT, hurried));
        assertEquals(ErrorCode.QUERY_TIMEOUT, error.code());
    }
}
