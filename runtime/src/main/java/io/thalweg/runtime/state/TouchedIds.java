package io.thalweg.runtime.state;

import java.util.Arrays;

/** The records that a step has changed, in the order of their first change. The caller adds each once. One owner thread. */
public final class TouchedIds {
    private static final int FIRST_CAPACITY = 64;
    /** A list up to this size is kept for the next step. */
    private static final int KEPT_CAPACITY = 16_384;

    private final MemoryAccount account;
    private int[] ids = {};
    private int count;

    public TouchedIds(MemoryAccount account) {
        this.account = account;
    }

    public void add(int id) {
        if (count == ids.length) {
            int larger = Math.max(FIRST_CAPACITY, 2 * count);
            account.reserve((long) Integer.BYTES * (larger - ids.length));
            ids = Arrays.copyOf(ids, larger);
        }
        ids[count++] = id;
    }

    public int count() {
        return count;
    }

    public int get(int index) {
        return ids[index];
    }

    /** Begins the next step. */
    public void clear() {
        if (ids.length > KEPT_CAPACITY) {
            account.release((long) Integer.BYTES * ids.length);
            ids = new int[0];
        }
        count = 0;
    }
}
