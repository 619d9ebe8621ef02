package io.thalweg.log.file;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does independent steps on the disk at the same time: a file system makes many forces durable with one commit of its
 * journal when they meet there, but each takes a commit of its own when they come one after another. The threads are
 * this class's own, so that no interrupt can meet a file operation; they come with the first work and go when there has
 * been none for a while. Thread-safe.
 */
public final class DiskCrew implements AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final @Nullable ThreadPoolExecutor helpers;
    private final int helperCount;

    private DiskCrew(@Nullable ThreadPoolExecutor helpers, int helperCount) {
        this.helpers = helpers;
        this.helperCount = helperCount;
    }

    /** A crew without threads: the caller does everything, in order. */
    public static DiskCrew alone() {
        return new DiskCrew(null, 0);
    }

    /** A crew of so many threads, of which the caller is one. */
    public static DiskCrew of(int size, String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor helpers = new ThreadPoolExecutor(
                size - 1, size - 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        helpers.allowCoreThreadTimeOut(true);
        return new DiskCrew(helpers, size - 1);
    }

    /** One of several steps, which do not depend on each other. */
    @FunctionalInterface
    public interface Step {
        void run(int index) throws IOException;
    }

    /**
     * Runs steps 0 to count - 1. Returns when all have ended; after a failure no more are begun, and the first one is
     * thrown when those under way have ended.
     */
    public void runAll(int count, Step step) throws IOException {
        Turn turn = new Turn(count, step);
        int asked = Math.min(helperCount, count - 1);
        CountDownLatch done = new CountDownLatch(Math.max(0, asked));
        ThreadPoolExecutor executor = helpers;
        if (executor != null) {
            for (int i = 0; i < asked; i++) {
                executor.execute(() -> {
                    turn.work();
                    done.countDown();
                });
            }
        }
        turn.work();
        await(done);
        turn.throwFailure();
    }

    private static void await(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The threads go when they have done what they were given. */
    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }

    /** The steps of one call, of which each thread takes the next. */
    private static final class Turn {
        private final int count;
        private final Step step;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Turn(int count, Step step) {
            this.count = count;
            this.step = step;
        }

        void work() {
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    step.run(i);
                }
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        void throwFailure() throws IOException {
            Throwable failed = failure.get();
            if (failed instanceof IOException e) {
                throw e;
            } else if (failed instanceof RuntimeException e) {
                throw e;
            } else if (failed instanceof Error e) {
                throw e;
            }
        }
    }
}
