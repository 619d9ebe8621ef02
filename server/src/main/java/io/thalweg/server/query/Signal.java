package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;

/** Wakes one waiting thread; a wake-up that comes before the wait is not lost. Thread-safe. */
final class Signal {
    private boolean raised;

    synchronized void raise() {
        raised = true;
        notifyAll();
    }

    /** Waits until the signal is raised, and lowers it. Threads of the engine are stopped by a signal, never by interruption. */
    synchronized void await() {
        while (!raised) {
            waitOnce(0);
        }
        raised = false;
    }

    /** The same, but not much longer than this; it may return earlier without a signal. */
    synchronized void await(long millis) {
        if (!raised) {
            waitOnce(millis);
        }
        raised = false;
    }

    private void waitOnce(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "a thread of the query engine was interrupted", e);
        }
    }
}
