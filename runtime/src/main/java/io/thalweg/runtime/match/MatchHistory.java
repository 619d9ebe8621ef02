package io.thalweg.runtime.match;

import io.thalweg.runtime.state.MemoryAccount;
import java.util.Arrays;

/**
 * The attempts that were made on a partition, and what they have put out: enough to go back to where a change begins to matter.
 * One owner thread.
 */
final class MatchHistory {
    /** A point is noted at every match, and after so many places without one. */
    private static final int PLACES_PER_POINT = 64;

    private final MemoryAccount account;

    // Of each point: where the next attempt begins, the place behind the last one that any attempt before has looked
    // at, how many
    // matches there were before, and how many rows they have put out.
    private int[] starts = {};
    private int[] examined = {};
    private int[] matches = {};
    private int[] outputsBefore = {};
    private int points;

    /** The rows that were put out. */
    private int[] outputs = {};

    private int outputCount;

    MatchHistory(MemoryAccount account) {
        this.account = account;
    }

    /** Notes a point, unless the last one is near and nothing was found since. */
    void note(int start, int examinedTo, int matchCount, int outputsTo) {
        boolean isNear =
                points > 0 && matches[points - 1] == matchCount && start - starts[points - 1] < PLACES_PER_POINT;
        if (isNear) {
            return;
        }
        if (points == starts.length) {
            int larger = Math.max(4, points * 2);
            account.reserve(16L * (larger - points));
            starts = Arrays.copyOf(starts, larger);
            examined = Arrays.copyOf(examined, larger);
            matches = Arrays.copyOf(matches, larger);
            outputsBefore = Arrays.copyOf(outputsBefore, larger);
        }
        starts[points] = start;
        examined[points] = examinedTo;
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

    int start(int point) {
        return starts[point];
    }

    int examined(int point) {
        return examined[point];
    }

    int matches(int point) {
        return matches[point];
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
        account.release(16L * starts.length + 4L * outputs.length);
    }
}
