package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a plan depends on beside the text of the statement.
 *
 * @param currentSchema where names without a schema are looked for
 * @param nowMicros the current time, in microseconds since 1970 in UTC
 * @param timeZone where CURRENT_DATE and CURRENT_TIMESTAMP are told
 * @param timeLimit how long planning may take
 */
public record PlanningContext(
        CatalogSnapshot catalog, String currentSchema, long nowMicros, ZoneId timeZone, Duration timeLimit) {
    /** How long planning may take unless a user says otherwise. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

    /** A context of the default schema, UTC and the default time limit. */
    public static PlanningContext of(CatalogSnapshot catalog, long nowMicros) {
        return new PlanningContext(catalog, ObjectName.DEFAULT_SCHEMA, nowMicros, ZoneOffset.UTC, DEFAULT_TIME_LIMIT);
    }
}
