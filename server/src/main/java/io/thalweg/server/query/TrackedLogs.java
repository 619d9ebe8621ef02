package io.thalweg.server.query;

import io.thalweg.server.shard.Shards;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The logs that the steps of the domain take in, and how far each of them is taken. It keeps hold of a log that is
 * tracked, so that one that is dropped meanwhile is merely at its end. Belongs to the domain's thread.
 */
final class TrackedLogs {
    /** About the most rows a step takes from one partition, so that steps after a long pause stay small. */
    private static final long MAX_STEP_ROWS = 1 << 20;

    private final LongFunction<StoredRelation> stored;
    private final Runnable appended;
    private final long maxStepRows;
    private final Map<Long, TrackedLog> logs = new HashMap<>();
    // Never changed once it is set, since steps and feeds keep it.
    private Map<Long, long[]> positions = Map.of();

    /** A log, where its steps may end, and what is called when it has grown. */
    private record TrackedLog(StoredRelation relation, StepCuts cuts, Runnable listener) {
        Shards shards() {
            return relation.shards();
        }
    }

    /**
     * @param stored the log of a stream or table; throws UNDEFINED_OBJECT if that was dropped
     * @param appended called by any thread when a tracked log has grown
     */
    TrackedLogs(LongFunction<StoredRelation> stored, Runnable appended) {
        this(stored, appended, MAX_STEP_ROWS);
    }

    /** @param maxStepRows the most rows a step takes from one partition, unless one statement has brought more */
    TrackedLogs(LongFunction<StoredRelation> stored, Runnable appended, long maxStepRows) {
        this.stored = stored;
        this.appended = appended;
        this.maxStepRows = maxStepRows;
    }

    /**
     * Brings logs into the steps from here on; of one that comes new, the whole past up to here counts as taken.
     *
     * @throws io.thalweg.model.error.ThalwegException if one was dropped; those before it are tracked then
     */
    void track(Set<Long> ids) {
        for (long id : ids) {
            if (!logs.containsKey(id)) {
                StoredRelation relation = stored.apply(id);
                StepCuts cuts = new StepCuts(maxStepRows);
                TrackedLog log = new TrackedLog(relation, cuts, () -> {
                    cuts.note(relation.shards().endOffsets());
                    appended.run();
                });
                log.shards().onAppend(log.listener());
                logs.put(id, log);
                Map<Long, long[]> extended = new HashMap<>(positions);
                extended.put(id, log.shards().endOffsets());
                positions = extended;
            }
        }
    }

    /** Leaves out of the steps what is not among these. */
    void keepOnly(Set<Long> used) {
        Map<Long, long[]> kept = new HashMap<>(positions);
        logs.values().removeIf(log -> {
            if (used.contains(log.relation().id())) {
                return false;
            }
            log.shards().removeOnAppend(log.listener());
            kept.remove(log.relation().id());
            return true;
        });
        positions = kept;
    }

    /** Up to where each log is taken, exclusive, by partition. */
    Map<Long, long[]> positions() {
        return positions;
    }

    /** Up to where each log reaches now. */
    Map<Long, long[]> ends() {
        Map<Long, long[]> ends = new HashMap<>();
        logs.forEach((id, log) -> ends.put(id, log.shards().endOffsets()));
        return ends;
    }

    /** Moves the positions as far as one step may go; false if nothing has grown. */
    boolean advance() {
        Map<Long, long[]> next = ends();
        boolean grown = false;
        for (Map.Entry<Long, long[]> end : next.entrySet()) {
            long[] from = positions.getOrDefault(end.getKey(), end.getValue());
            TrackedLog log = Objects.requireNonNull(logs.get(end.getKey()));
            long[] to = log.cuts().next(withStarts(from, end.getValue().length, log), end.getValue());
            end.setValue(to);
            grown |= !Arrays.equals(from, to);
        }
        if (grown) {
            positions = next;
        }
        return grown;
    }

    /** The same offsets, with the starts of the shards that came since. */
    private static long[] withStarts(long[] from, int size, TrackedLog log) {
        long[] all = Arrays.copyOf(from, size);
        for (int shard = from.length; shard < size; shard++) {
            all[shard] = log.shards().current().log(shard).startOffset();
        }
        return all;
    }

    /** Whether the positions have reached these ends, as far as their logs are still tracked. */
    boolean covers(Map<Long, long[]> ends) {
        for (Map.Entry<Long, long[]> entry : ends.entrySet()) {
            long[] reached = positions.getOrDefault(entry.getKey(), entry.getValue());
            long[] wanted = entry.getValue();
            for (int i = 0; i < wanted.length; i++) {
                if (i >= reached.length || reached[i] < wanted[i]) {
                    return false;
                }
            }
        }
        return true;
    }
}
