package io.thalweg.runtime.operator;

import io.thalweg.runtime.state.MemoryAccount;
import java.util.function.IntPredicate;

/** Rows, known by their numbers, in the order of their times. Rows leave at the early end. One owner thread. */
final class TimeLine {
    private static final int FIRST_CAPACITY = 4;
    private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    private final MemoryAccount account;
    private long[] times = {};
    private int[] rows = {};
    private int begin;
    private int end;

    TimeLine(MemoryAccount account) {
        this.account = account;
    }

    boolean isEmpty() {
        return begin == end;
    }

    /** The place of the first row. */
    int begin() {
        return begin;
    }

    /** The place behind the last row. */
    int end() {
        return end;
    }

    long time(int place) {
        return times[place];
    }

    int row(int place) {
        return rows[place];
    }

    /** The first place with this time or a later one. */
    int firstFrom(long time) {
        int low = begin;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Takes rows out of those that have this time or a later one. */
    void removeFrom(long time, IntPredicate isGone) {
        int kept = firstFrom(time);
        for (int place = kept; place < end; place++) {
            if (!isGone.test(rows[place])) {
                times[kept] = times[place];
                rows[kept++] = rows[place];
            }
        }
        end = kept;
    }

    /** Puts rows in, which are in the order of their times. */
    void insert(long[] newTimes, int[] newRows, int count) {
        makeRoom(count);
        int old = end - 1;
        int added = count - 1;
        end += count;
        for (int place = end - 1; added >= 0; place--) {
            boolean oldIsLater = old >= begin && times[old] > newTimes[added];
            times[place] = oldIsLater ? times[old] : newTimes[added];
            rows[place] = oldIsLater ? rows[old--] : newRows[added--];
        }
    }

    private void makeRoom(int count) {
        if (end + count <= times.length) {
            return;
        }
        int size = end - begin;
        int capacity = times.length;
        if (size + count > capacity - capacity / 4) {
            capacity = Math.max(FIRST_CAPACITY, Math.max(2 * capacity, size + count));
        }
        account.reserve((long) ENTRY_BYTES * (capacity - times.length));
        long[] movedTimes = new long[capacity];
        int[] movedRows = new int[capacity];
        System.arraycopy(times, begin, movedTimes, 0, size);
        System.arraycopy(rows, begin, movedRows, 0, size);
        times = movedTimes;
        rows = movedRows;
        begin = 0;
        end = size;
    }

    /** Takes the first row out. */
    void removeFirst() {
        begin++;
    }

    /** Gives its memory back; it is not used any more. */
    void discard() {
        account.release((long) ENTRY_BYTES * times.length);
        times = new long[0];
        rows = new int[0];
        begin = 0;
        end = 0;
    }
}
