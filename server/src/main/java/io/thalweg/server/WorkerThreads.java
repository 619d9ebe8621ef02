package io.thalweg.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that run statements. A connection at work uses one of them at a time. */
final class WorkerThreads {
    private static final int IDLE_SECONDS = 30;

    private WorkerThreads() {}

    /** A statement waits for the disk most of its time, so a connection is never made to wait for a thread. */
    static ExecutorService start(int maxThreads) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, maxThreads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "thalweg-statement-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
