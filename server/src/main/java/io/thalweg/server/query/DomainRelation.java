package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A relation that the domain keeps up to date step by step. Touched by the domain's thread only, but for the counters. */
interface DomainRelation {
    long id();

    /** The kind and name for messages: {@code materialized view delays}. */
    String title();

    /** The columns that are kept, as scans count them. */
    RowType type();

    /** The streams and tables whose logs it reads. */
    Set<Long> logs();

    /** The relations of the domain that it reads; all of them come before it in the domain's order. */
    Set<Long> relations();

    /** Takes in a step and returns the change of this relation, which is empty if it has failed. */
    List<DeltaBatch> step(StepInput input, long step);

    /** All rows as of the last step. */
    List<DeltaBatch> snapshot();

    /** Why it can no longer be kept up to date, if so. */
    Optional<ThalwegException> failure();

    /** How many rows it has. Any thread. */
    long rowCount();
}
