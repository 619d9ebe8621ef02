package io.thalweg.runtime.match;

import io.thalweg.runtime.state.MemoryAccount;
import java.util.Arrays;

/**
 * The attempts that were made on a partition, and what they have put out: enough to go back to where a change begins to matter.
 * One owner thread.
 */
final class MatchHistory {
    /** The time of what will never be final. */
    static final long NEVER = Long.MAX_VALUE;

    /** What a point takes. */
    private static final long POINT_BYTES = 3L * Integer.BYTES + 2 * Long.BYTES;

    private final int placesPerPoint;
    private final MemoryAccount account;

    // Of each point: where the next attempt begins, the place behind the last one that any attempt before has looked
    // at,
    // the time that rows have to pass before all of these are final, how many matches there were before, and how many
    // rows they have put out.
    private int[] starts = {};
    private int[] examined = {};
    private long[] finalAt = {};
    private long[] matches = {};
    private int[] outputsBefore = {};
    private int points;

    /** The rows that were put out. */
    private int[] outputs = {};

    private int outputCount;

    /** @param placesPerPoint a point is noted at every match, and after so many places without one */
    MatchHistory(int placesPerPoint, MemoryAccount account) {
        this.placesPerPoint = placesPerPoint;
        this.account = account;
    }

    /** Notes a point, unless the last one is near and nothing was found since. */
    void note(int start, int examinedTo, long finalWhen, long matchCount, int outputsTo) {
        boolean isNear = points > 0 && matches[points - 1] == matchCount && start - starts[points - 1] < placesPerPoint;
        if (isNear) {
            return;
        }
        if (points == starts.length) {
            int larger = Math.max(4, points * 2);
            account.reserve(POINT_BYTES * (larger - points));
            starts = Arrays.copyOf(starts, larger);
            examined = Arrays.copyOf(examined, larger);
            finalAt = Arrays.copyOf(finalAt, larger);
            matches = Arrays.copyOf(matches, larger);
            outputsBefore = Arrays.copyOf(outputsBefore, larger);
        }
        starts[points] = start;
        examined[points] = examinedTo;
        finalAt[points] = finalWhen;
        matches[points] = matchCount;
        outputsBefore[points++] = outputsTo;
    }

    void addOutput(int row) {
        if (outputCount == outputs.length) {
            int larger = Math.max(4, outputCount * 2);
            account.reserve(4L * (larger - outputCount));
            outputs = Arrays.copyOf(outputs, larger);
        }
        outputs[outputCount++] = row;
    }

    /** The last point before which no attempt has looked at a place, or at one behind it; -1 if there is none. */
    int pointBefore(int place) {
        int low = 0;
        int high = points - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (examined[middle] <= place) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The last point before which all attempts are final if rows come from a time on only; -1 if there is none. */
    int lastFinal(long firstOpen) {
        int point = points - 1;
        while (point >= 0 && finalAt[point] >= firstOpen) {
            point--;
        }
        return point;
    }

    /** The time that rows have to pass before something is final that was put out; {@link #NEVER} if nothing will be. */
    long nextFinal() {
        for (int point = 0; point < points; point++) {
            if (outputsBefore[point] > 0) {
                return finalAt[point];
            }
        }
        return NEVER;
    }

    /** Forgets what was before a point, which is settled, and so many places of the partition; what was put out is the caller's. */
    void forgetBefore(int point, int places) {
        int outputsGone = outputsBefore[point];
        System.arraycopy(outputs, outputsGone, outputs, 0, outputCount - outputsGone);
        outputCount -= outputsGone;
        for (int from = point; from < points; from++) {
            int to = from - point;
            starts[to] = starts[from] - places;
            examined[to] = examined[from] - places;
            finalAt[to] = finalAt[from];
            matches[to] = matches[from];
            outputsBefore[to] = outputsBefore[from] - outputsGone;
        }
        points -= point;
        examined[0] = 0;
        finalAt[0] = Long.MIN_VALUE;
    }

    int start(int point) {
        return point < 0 ? 0 : starts[point];
    }

    int examined(int point) {
        return point < 0 ? 0 : examined[point];
    }

    long finalAt(int point) {
        return point < 0 ? Long.MIN_VALUE : finalAt[point];
    }

    long matches(int point) {
        return point < 0 ? 0 : matches[point];
    }

    /** How many rows had been put out before a point; none before the beginning, which is -1. */
    int outputsBefore(int point) {
        return point < 0 ? 0 : outputsBefore[point];
    }

    int outputCount() {
        return outputCount;
    }

    int output(int index) {
        return outputs[index];
    }

    /** Forgets what came after a point, but not the point. */
    void cutBehind(int point) {
        outputCount = outputsBefore(point);
        points = point + 1;
    }

    /** Gives back what the arrays take. */
    void close() {
        account.release(POINT_BYTES * starts.length + 4L * outputs.length);
    }
}
