package io.thalweg.planner;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.calcite.util.CancelFlag;

/**
 * The threads on which Calcite runs: with stacks for deeply nested queries, and with a bound on the time that a caller
 * waits. A plan that is given up is told so by a flag, which Calcite looks at between rules.
 */
final class PlanningThreads {
    private static final long STACK_BYTES = 8L << 20;
    private static final int MAX_WAITING = 256;
    private static final long KEEP_ALIVE_SECONDS = 60;

    private final AtomicInteger created = new AtomicInteger();
    private final ThreadPoolExecutor executor;

    PlanningThreads() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        executor = new ThreadPoolExecutor(
                threads, threads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new PlanningThread(task, "planner-" + created.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs a piece of planning and waits for it. */
    <T> T run(Duration limit, Function<CancelFlag, T> planning) {
        CancelFlag flag = new CancelFlag(new AtomicBoolean());
        if (Thread.currentThread() instanceof PlanningThread) {
            return planning.apply(flag);
        }
        Future<T> result = submit(flag, planning);
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            flag.requestCancel();
            result.cancel(false);
            throw new ThalwegException(
                            ErrorCode.QUERY_TIMEOUT,
                            "planning the statement took longer than " + limit.toMillis() + " ms",
                            e)
                    .withHint("Split the statement into views, or make it smaller.");
        } catch (InterruptedException e) {
            flag.requestCancel();
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new ThalwegException(ErrorCode.QUERY_CANCELED, "planning the statement was canceled", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private <T> Future<T> submit(CancelFlag flag, Function<CancelFlag, T> planning) {
        try {
            return executor.submit(() -> planning.apply(flag));
        } catch (RejectedExecutionException e) {
            throw new ThalwegException(ErrorCode.TOO_MANY_QUERIES, "too many statements wait to be planned", e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException wrapper) {
        Throwable failure = wrapper.getCause();
        if (failure instanceof ThalwegException known) {
            return known;
        }
        if (failure instanceof StackOverflowError) {
            return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", wrapper);
        }
        return new ThalwegException(ErrorCode.INTERNAL_ERROR, "the statement could not be planned", wrapper);
    }

    /** Marks a thread as ours, so that planning within planning does not wait for itself. */
    private static final class PlanningThread extends Thread {
        PlanningThread(Runnable task, String name, long stackBytes) {
            super(null, task, name, stackBytes);
        }
    }
}
