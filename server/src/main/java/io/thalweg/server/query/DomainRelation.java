package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.util.List;
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

    /** Takes in a step and returns the change of this relation. After it has thrown it must not be called again. */
    List<DeltaBatch> step(StepInput input);

    /** All rows as of the last step. */
    List<DeltaBatch> snapshot();

    /** Whether time alone can change it, so that it wants steps although no rows come. */
    default boolean ticks() {
        return false;
    }

    /** How far it is. Any thread reads it, the domain changes it. */
    RelationState state();

    /** How many rows it has. Any thread. */
    long rowCount();
}
