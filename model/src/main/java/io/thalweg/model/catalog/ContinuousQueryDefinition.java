package io.thalweg.model.catalog;

import io.thalweg.model.plan.PhysicalPlan;

/**
 * An endless query whose answer goes into a stream or a table. It is no relation: its rows are those of its target.
 *
 * @param target the id of the stream or table
 * @param query SQL text, for people
 * @param plan what runs, of the stored columns that the target had at creation
 * @param paused whether it waits to be resumed
 */
public record ContinuousQueryDefinition(
        long id, ObjectName name, long target, String query, PhysicalPlan plan, boolean paused) {
    /** The same query, paused or not. */
    public ContinuousQueryDefinition withPaused(boolean value) {
        return new ContinuousQueryDefinition(id, name, target, query, plan, value);
    }
}
