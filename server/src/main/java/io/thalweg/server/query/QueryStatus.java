package io.thalweg.server.query;

import java.util.Optional;

/**
 * What SYS.QUERIES shows of a query.
 *
 * @param name of the materialized view; none for a query that somebody runs
 * @param kind {@code SNAPSHOT}, {@code CHANGES}, {@code FINAL}, {@code MATERIALIZED VIEW}, {@code INSERT} or {@code COPY}
 * @param state {@code BUILDING} until a view has caught up, {@code RUNNING}, {@code COMPLETED}, {@code FAILED} or {@code CANCELED}
 * @param rows how many rows it has let out, or holds in the case of a view
 * @param steps how many steps it has completed
 * @param watermarkMicros the event time it has reached, {@link Long#MIN_VALUE} if it has none
 * @param startedMicros when it was started, since 1970-01-01 UTC
 * @param stateBytes an estimate of the memory its operators hold
 * @param file of a COPY: how far it has been read
 */
public record QueryStatus(
        long id,
        Optional<String> name,
        String kind,
        String text,
        String state,
        long rows,
        long steps,
        long watermarkMicros,
        long startedMicros,
        long stateBytes,
        Optional<FileProgress> file) {}
