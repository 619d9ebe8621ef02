package io.thalweg.server.door.nativewire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of one connection one after the other, on threads shared with other connections. Holds at most
 * {@link #MAX_TASKS} tasks; who adds one more is told no. Thread-safe.
 */
final class StatementQueue {
    /** How far a client may send ahead of the answers. */
    static final int MAX_TASKS = 1_024;
    /** How many bytes of statements and parameters may wait. */
    static final long MAX_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StatementQueue.class);

    private final Executor workers;
    /** Guarded by this. */
    private final Deque<Task> waiting = new ArrayDeque<>();
    /** Guarded by this: of the tasks that wait. */
    private long waitingBytes;
    /** Guarded by this: whether a worker is at it. */
    private boolean running;
    /** Guarded by this. */
    private boolean closed;

    private record Task(Runnable work, long bytes) {}

    StatementQueue(Executor workers) {
        this.workers = workers;
    }

    /**
     * Adds a task behind all others; it never throws.
     *
     * @param bytes how much memory it holds
     * @return false if the queue is full or there is no thread, and the task will not run
     */
    boolean add(Runnable work, long bytes) {
        synchronized (this) {
            if (closed) {
                return true;
            }
            boolean full = waiting.size() >= MAX_TASKS || !waiting.isEmpty() && waitingBytes + bytes > MAX_BYTES;
            if (full) {
                return false;
            }
            waiting.add(new Task(work, bytes));
            waitingBytes += bytes;
            if (running) {
                return true;
            }
            running = true;
        }
        return start();
    }

    private boolean start() {
        try {
            workers.execute(this::drain);
            return true;
        } catch (RejectedExecutionException noThread) {
            synchronized (this) {
                running = false;
                waiting.clear();
                waitingBytes = 0;
            }
            return false;
        }
    }

    private void drain() {
        for (Runnable work = next(); work != null; work = next()) {
            try {
                work.run();
            } catch (RuntimeException | Error failure) {
                // A task tells its client of failures itself; whatever it does, the next one has its turn.
                LOG.error("a task of a connection has failed", failure);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Task task = waiting.poll();
        if (task == null) {
            running = false;
            return null;
        }
        waitingBytes -= task.bytes;
        return task.work;
    }

    /** Forgets what waits, and takes nothing more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        waitingBytes = 0;
    }
}
