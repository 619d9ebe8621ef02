package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.time.Clock;
import io.thalweg.planner.PlanningContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives the planner the time of the moment at which a statement is planned, which is then its time as a whole, and how
 * long that may take. Thread-safe.
 */
final class PlanningTime {
    /** The first statements wait for classes to be loaded and compiled, which is not their fault. */
    private static final int COLD_STATEMENTS = 20;

    private static final Duration COLD_LIMIT = Duration.ofSeconds(60);

    private final Clock clock;
    private final AtomicInteger coldLeft = new AtomicInteger(COLD_STATEMENTS);

    PlanningTime(Clock clock) {
        this.clock = clock;
    }

    PlanningContext context(CatalogSnapshot catalog, String schema) {
        boolean cold = coldLeft.get() > 0 && coldLeft.getAndDecrement() > 0;
        Duration limit = cold ? COLD_LIMIT : PlanningContext.DEFAULT_TIME_LIMIT;
        return new PlanningContext(catalog, schema, clock.epochMicros(), ZoneOffset.UTC, limit);
    }
}
