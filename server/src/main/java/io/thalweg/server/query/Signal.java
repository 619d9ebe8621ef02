package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a wake-up that comes before the wait is not lost. Thread-safe. */
final class Signal {
    private final Semaphore raised = new Semaphore(0);

    void raise() {
        // One more than needed does no harm, but they must not add up as long as nobody waits.
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until the signal is raised, and lowers it. Threads of the engine are stopped by a signal, never by interruption. */
    void await() {
        try {
            raised.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        raised.drainPermits();
    }

    /** The same, but not much longer than this. */
    void await(long millis) {
        try {
            if (raised.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                raised.drainPermits();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ThalwegException interrupted(InterruptedException e) {
        return new ThalwegException(ErrorCode.INTERNAL_ERROR, "a thread of the query engine was interrupted", e);
    }
}
