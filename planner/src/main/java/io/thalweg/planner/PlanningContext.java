package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * What a plan depends on beside the text of the statement.
 *
 * @param currentSchema where names without a schema are looked for
 * @param nowMicros the current time, in microseconds since 1970 in UTC
 * @param timeZone where CURRENT_DATE and CURRENT_TIMESTAMP are told
 * @param timeLimit how long planning may take
 * @param disabledStages names of {@link Planner#optionalStages() rewrite stages} that are left out
 */
public record PlanningContext(
        CatalogSnapshot catalog,
        String currentSchema,
        long nowMicros,
        ZoneId timeZone,
        Duration timeLimit,
        Set<String> disabledStages) {
    /** How long planning may take unless a user says otherwise. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

    public PlanningContext {
        disabledStages = Set.copyOf(disabledStages);
    }

    /** A context with all stages. */
    public PlanningContext(
            CatalogSnapshot catalog, String currentSchema, long nowMicros, ZoneId timeZone, Duration timeLimit) {
        this(catalog, currentSchema, nowMicros, timeZone, timeLimit, Set.of());
    }

    /** The same without some rewrite stages. */
    public PlanningContext withDisabledStages(Set<String> names) {
        return new PlanningContext(catalog, currentSchema, nowMicros, timeZone, timeLimit, names);
    }

    /** A context of the default schema, UTC and the default time limit. */
    public static PlanningContext of(CatalogSnapshot catalog, long nowMicros) {
        return new PlanningContext(catalog, ObjectName.DEFAULT_SCHEMA, nowMicros, ZoneOffset.UTC, DEFAULT_TIME_LIMIT);
    }
}
