package io.thalweg.runtime.state;

import java.util.Arrays;

/** Hands out small positive numbers, the lowest unused first as long as none was given back. 0 is never handed out. */
public final class IdAllocator {
    private int next = 1;
    private int[] free = new int[16];
    private int freeCount;

    /** A number that is not in use. */
    public int allocate() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (next == Integer.MAX_VALUE) {
            throw new IllegalStateException("more than " + Integer.MAX_VALUE + " records in one table");
        }
        return next++;
    }

    /** Gives a number back, which will be handed out again. */
    public void release(int id) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = id;
    }

    /** How many numbers are in use. */
    public int count() {
        return next - 1 - freeCount;
    }

    /** Every number in use is below this. */
    public int end() {
        return next;
    }
}
