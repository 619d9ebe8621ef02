package io.thalweg.log;

import java.util.concurrent.Semaphore;

/**
 * Bounds the bytes of appends that wait for the disk, over all partitions. A caller that finds no room waits, first come
 * first served. Thread-safe.
 */
final class MemoryBudget {
    /** The greatest bound. */
    static final int MAX_BYTES = 1 << 30;

    private final int limitBytes;
    private final Semaphore bytes;

    MemoryBudget(int limitBytes) {
        this.limitBytes = limitBytes;
        this.bytes = new Semaphore(limitBytes, true);
    }

    /** Waits for room; an interrupt does not end the wait. */
    void acquire(int count) {
        bytes.acquireUninterruptibly(count);
    }

    /** Waits for room for so many bytes, or for all the room there is if that is less; returns how much it took. */
    int acquireUpTo(long count) {
        int taken = (int) Math.min(count, limitBytes);
        acquire(taken);
        return taken;
    }

    /** How many bytes wait for the disk at this moment. */
    int used() {
        return Math.max(0, limitBytes - bytes.availablePermits());
    }

    /** Lets everybody through who waits, when nothing will ever be released again. */
    void openForAll() {
        bytes.release(MAX_BYTES);
    }

    void release(int count) {
        bytes.release(count);
    }
}
