package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.time.Clock;
import io.thalweg.planner.PlanningContext;
import java.time.ZoneOffset;

/** Gives the planner the time of the moment at which a statement is planned, which is then its time as a whole. */
record PlanningTime(Clock clock) {
    PlanningContext context(CatalogSnapshot catalog, String schema) {
        return new PlanningContext(
                catalog, schema, clock.epochMicros(), ZoneOffset.UTC, PlanningContext.DEFAULT_TIME_LIMIT);
    }
}
