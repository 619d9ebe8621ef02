package io.thalweg.log;

import io.thalweg.model.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of a store: one commits, one acknowledges, one checkpoints, and one
 * does the upkeep that may take long. All are this class's own, so nobody can
 * interrupt them in the middle of a file operation; they end by being told to.
 */
final class StoreThreads {
    private static final long TICK_MILLIS = 1_000;
    private static final long ACKNOWLEDGE_TIMEOUT_SECONDS = 30;

    private final ReadyPartitions ready;
    private final ExecutorService acknowledger;
    private final Thread commitThread;
    private final Thread checkpointThread;
    private final Thread upkeepThread;
    /** Has a permit when the checkpoint thread has something to do before its next tick. */
    private final Semaphore wakeUp = new Semaphore(0);
    /** Has a permit when the upkeep thread is to look whether the store is closed. */
    private final Semaphore upkeepWakeUp = new Semaphore(0);
    /** Set once by the closing thread, seen by the others. */
    private volatile boolean closed;

    StoreThreads(ReadyPartitions ready, ExecutorService acknowledger, Work work) {
        this.ready = ready;
        this.acknowledger = acknowledger;
        this.commitThread = new Thread(() -> commitUntilClosed(work), "thalweg-log-commit");
        this.checkpointThread = new Thread(() -> checkpointUntilClosed(work), "thalweg-log-checkpoint");
        commitThread.setDaemon(true);
        this.upkeepThread = new Thread(() -> keepUpUntilClosed(work), "thalweg-log-upkeep");
        checkpointThread.setDaemon(true);
        upkeepThread.setDaemon(true);
    }

    /**
     * What the threads do.
     *
     * @param commit commits the appends that wait in these partitions
     * @param tick does what is due about every second
     * @param checkpoint does what is due every checkpointMillis
     * @param upkeep does what is due about every second and may take long
     * @param fail called when a commit ended by a bug or a lack of memory: nothing may be appended any more
     */
    record Work(
            Consumer<List<PartitionLog>> commit,
            Runnable tick,
            Runnable checkpoint,
            Runnable upkeep,
            Consumer<Throwable> fail,
            Clock clock,
            long checkpointMillis) {}

    void start() {
        commitThread.start();
        checkpointThread.start();
        upkeepThread.start();
    }

    /** Makes the next tick come at once. */
    void tickNow() {
        wakeUp.release();
    }

    /** Returns when all that was appended is committed and acknowledged. */
    void close() {
        closed = true;
        wakeUp.release();
        upkeepWakeUp.release();
        ready.close();
        join(upkeepThread);
        join(commitThread);
        join(checkpointThread);
        acknowledger.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            acknowledger.awaitTermination(ACKNOWLEDGE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitUntilClosed(Work work) {
        try {
            for (List<PartitionLog> partitions = ready.take(); !partitions.isEmpty(); partitions = ready.take()) {
                work.commit().accept(partitions);
            }
        } catch (RuntimeException | Error e) {
            work.fail().accept(e);
            throw e;
        }
    }

    private void checkpointUntilClosed(Work work) {
        long last = work.clock().monotonicNanos();
        while (awaitTick(wakeUp)) {
            work.tick().run();
            long now = work.clock().monotonicNanos();
            if (now - last >= TimeUnit.MILLISECONDS.toNanos(work.checkpointMillis())) {
                work.checkpoint().run();
                last = now;
            }
        }
    }

    private void keepUpUntilClosed(Work work) {
        while (awaitTick(upkeepWakeUp)) {
            work.upkeep().run();
        }
    }

    /** Waits a moment; false when the store is closed. */
    private boolean awaitTick(Semaphore alarm) {
        try {
            if (alarm.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                alarm.drainPermits();
            }
        } catch (InterruptedException ignored) {
            // This thread ends through close only: an interrupt would cost a file channel.
        }
        return !closed;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
