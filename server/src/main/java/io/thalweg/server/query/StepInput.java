package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import java.util.List;
import java.util.Map;

/**
 * What one step takes in: offsets to read streams up to, and deltas of tables and materialized views, all of which
 * belong to the same prefix of the inputs; and what time it is for all who take it.
 *
 * @param ends for each stream, by id, the offset up to which each partition is taken, exclusive
 * @param deltas for each table and materialized view, by id, what changed since the last step; the first step brings all
 *     their rows
 * @param nowMicros microseconds since 1970 in UTC
 */
record StepInput(Map<Long, long[]> ends, Map<Long, List<DeltaBatch>> deltas, long nowMicros) {}
