package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.view.DeltaAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries the completed steps of the domain to one query. A query that is slower than the domain finds the steps it
 * missed summed up into one, so what waits here is bounded by the size of the relations, not by the time the query
 * sleeps.
 */
final class DomainFeed {
    /** Beyond this many waiting rows of a relation equal rows are summed up, which needs a pass over all of them. */
    private static final long CONFLATE_ROWS = 65_536;

    private final Map<Long, RowType> relations;
    private final Set<Long> streams;
    private final Signal signal = new Signal();

    // Guarded by this: written by the domain's thread, taken by the query's.
    private @Nullable Map<Long, long[]> ends;
    private Map<Long, Pending> pending = new HashMap<>();
    private @Nullable ThalwegException failure;
    private boolean unseen;

    /** The rows of one relation that the query has not taken yet. */
    private static final class Pending {
        private final List<DeltaBatch> batches = new ArrayList<>();
        private long steps;
        private long rows;
        private long conflateAt = CONFLATE_ROWS;

        private void conflate(RowType type) {
            DeltaAccumulator sum = new DeltaAccumulator(type);
            batches.forEach(sum::add);
            batches.clear();
            batches.addAll(sum.drain());
            rows = batches.stream().mapToLong(DeltaBatch::rowCount).sum();
            conflateAt = Math.max(CONFLATE_ROWS, 2 * rows);
        }
    }

    /**
     * @param relations the tables and materialized views that the query reads, by id
     * @param streams the ids of the streams that it reads beside them
     */
    DomainFeed(Map<Long, RowType> relations, Set<Long> streams) {
        this.relations = Map.copyOf(relations);
        this.streams = Set.copyOf(streams);
    }

    Set<Long> relations() {
        return relations.keySet();
    }

    Set<Long> streams() {
        return streams;
    }

    /** Adds a step. A step that changes nothing for this query is not noticed by it. */
    void offer(Map<Long, long[]> newEnds, Map<Long, List<DeltaBatch>> deltas) {
        boolean changed;
        synchronized (this) {
            changed = ends == null || streams.stream().anyMatch(id -> moved(id, newEnds));
            ends = newEnds;
            for (long id : relations.keySet()) {
                List<DeltaBatch> batches = deltas.get(id);
                if (batches != null && !batches.isEmpty()) {
                    add(id, batches);
                    changed = true;
                }
            }
            unseen |= changed;
        }
        if (changed) {
            signal.raise();
        }
    }

    private boolean moved(long stream, Map<Long, long[]> newEnds) {
        return ends == null || !Arrays.equals(ends.get(stream), newEnds.get(stream));
    }

    private void add(long id, List<DeltaBatch> batches) {
        Pending waiting = pending.computeIfAbsent(id, key -> new Pending());
        waiting.steps++;
        for (DeltaBatch batch : batches) {
            waiting.batches.add(batch);
            waiting.rows += batch.rowCount();
        }
        if (waiting.rows > waiting.conflateAt) {
            waiting.conflate(type(id));
        }
    }

    private RowType type(long id) {
        return Objects.requireNonNull(relations.get(id));
    }

    /** Ends the feed with an error that the query will meet. */
    void fail(ThalwegException error) {
        synchronized (this) {
            failure = failure == null ? error : failure;
        }
        signal.raise();
    }

    void wake() {
        signal.raise();
    }

    /** Waits for a step that concerns the query, or for the next tick of its clock, and takes all that is there. */
    StepInput take(QueryControl control, StepPace pace) {
        boolean waited = false;
        while (true) {
            control.check();
            Optional<StepInput> rest = take(pace.nowMicros(), pace.ticks() && waited);
            if (rest.isPresent()) {
                return rest.get();
            }
            pace.await(signal);
            waited = true;
        }
    }

    /** What came since the last step was taken, without waiting; empty if nothing did. */
    Optional<StepInput> takeRest(long nowMicros) {
        return take(nowMicros, false);
    }

    private synchronized Optional<StepInput> take(long nowMicros, boolean evenNothing) {
        if (failure != null) {
            throw failure;
        }
        return (unseen || evenNothing) && ends != null ? Optional.of(drain(ends, nowMicros)) : Optional.empty();
    }

    private StepInput drain(Map<Long, long[]> upTo, long nowMicros) {
        Map<Long, List<DeltaBatch>> deltas = new HashMap<>();
        pending.forEach((id, waiting) -> {
            // Several steps become one, in which a row that came and went is not mentioned: so a first step never
            // deletes.
            if (waiting.steps > 1) {
                waiting.conflate(type(id));
            }
            deltas.put(id, waiting.batches);
        });
        pending = new HashMap<>();
        unseen = false;
        return new StepInput(upTo, deltas, nowMicros);
    }
}
