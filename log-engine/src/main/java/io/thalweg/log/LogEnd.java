package io.thalweg.log;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The visible end of a partition: the first offset that readers must not see yet, with the greatest event time below
 * it. Thread-safe.
 */
final class LogEnd {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Written under the lock; volatile because readers look without it. */
    private volatile Value value;
    /** Guarded by the lock. */
    private boolean closed;

    /** An end and the greatest event time below it, which change together. */
    record Value(long offset, long maxEventTime) {}

    LogEnd(long offset, long maxEventTime) {
        this.value = new Value(offset, maxEventTime);
    }

    Value value() {
        return value;
    }

    /** Moves the end and wakes those who wait for it. */
    void publish(long offset, long maxEventTime) {
        lock.lock();
        try {
            value = new Value(offset, maxEventTime);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all who wait, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the end is beyond an offset, or time is up, or the log is closed; returns the end. */
    long await(long beyondOffset, long timeoutNanos) throws InterruptedException {
        long remaining = timeoutNanos;
        if (value.offset > beyondOffset) {
            return value.offset;
        }
        lock.lock();
        try {
            while (value.offset <= beyondOffset && !closed && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
            return value.offset;
        } finally {
            lock.unlock();
        }
    }
}
