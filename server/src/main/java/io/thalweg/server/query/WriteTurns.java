package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Who may write to a table when. Those that only add rows write at the same time, and the log orders them; one that
 * writes what it has read before writes alone, from its first read to its acknowledgement. Thread-safe.
 */
final class WriteTurns {
    private static final long TURN_MILLIS = 50;

    private final Map<Long, ReadWriteLock> locks = new ConcurrentHashMap<>();

    /** Waits for the right to write beside others, and writes. */
    <T> T shared(long table, StopCheck stop, Supplier<T> writing) {
        return inTurn(lock(table).readLock(), stop, writing);
    }

    /** Waits for the right to write alone, and writes. */
    <T> T alone(long table, StopCheck stop, Supplier<T> writing) {
        return inTurn(lock(table).writeLock(), stop, writing);
    }

    /** Keeps nothing of a table that was dropped. Who still waits for a turn finds no table then. */
    void forget(long table) {
        locks.remove(table);
    }

    private ReadWriteLock lock(long table) {
        // Fair, so that those who write alone are not kept waiting for ever by a stream of inserts.
        return locks.computeIfAbsent(table, id -> new ReentrantReadWriteLock(true));
    }

    private static <T> T inTurn(Lock lock, StopCheck stop, Supplier<T> writing) {
        await(lock, stop);
        try {
            return writing.get();
        } finally {
            lock.unlock();
        }
    }

    private static void await(Lock lock, StopCheck stop) {
        try {
            while (!lock.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
                stop.check();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ThalwegException(
                    ErrorCode.QUERY_CANCELED, "interrupted while another statement wrote to the table", interrupted);
        }
    }
}
