package io.thalweg.server.query;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where the steps over one log may end that cannot take in all there is: the ends that the log had after some commit, so
 * that no statement is cut. They lie far apart, so there are few of them, however much waits. Thread-safe: those who
 * append note, one thread takes.
 */
final class StepCuts {
    private static final int CUTS_PER_STEP = 4;

    private final long maxStepRows;
    private final long distance;
    /** Guarded by this; the oldest first. */
    private final Deque<long[]> cuts = new ArrayDeque<>();
    /** Guarded by this. */
    private long notedRows;

    /** @param maxStepRows about the most rows that a step takes from one partition */
    StepCuts(long maxStepRows) {
        this.maxStepRows = maxStepRows;
        this.distance = Math.max(1, maxStepRows / CUTS_PER_STEP);
    }

    /** Takes note of the ends at one moment. */
    synchronized void note(long[] ends) {
        long rows = Arrays.stream(ends).sum();
        if (rows >= notedRows + distance) {
            notedRows = rows;
            cuts.addLast(ends);
        }
    }

    /**
     * Where the next step ends: at the last place that is not too far away, or else at the next there is.
     *
     * @param from where the last step ended
     * @param ends where the log ends now
     */
    synchronized long[] next(long[] from, long[] ends) {
        while (!cuts.isEmpty() && !isBeyond(cuts.getFirst(), from)) {
            cuts.removeFirst();
        }
        if (isNear(ends, from)) {
            return ends;
        }
        long @Nullable [] chosen = null;
        for (long[] cut : cuts) {
            // One of partitions that the caller has not seen yet is for a later step.
            boolean known = cut.length <= from.length;
            if (known && (chosen == null || isNear(cut, from))) {
                chosen = cut;
            }
        }
        return chosen == null ? ends : extended(chosen, from);
    }

    /** With the shards that came after a cut, which have no row before it. */
    private static long[] extended(long[] cut, long[] from) {
        long[] all = Arrays.copyOf(from, from.length);
        for (int shard = 0; shard < cut.length; shard++) {
            all[shard] = Math.max(cut[shard], from[shard]);
        }
        return all;
    }

    private static boolean isBeyond(long[] cut, long[] from) {
        if (cut.length > from.length) {
            return true;
        }
        for (int shard = 0; shard < cut.length; shard++) {
            if (cut[shard] > from[shard]) {
                return true;
            }
        }
        return false;
    }

    private boolean isNear(long[] cut, long[] from) {
        for (int shard = 0; shard < cut.length; shard++) {
            if (cut[shard] - from[shard] > maxStepRows) {
                return false;
            }
        }
        return true;
    }
}
