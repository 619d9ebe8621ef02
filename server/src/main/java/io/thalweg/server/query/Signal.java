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
            try {
                wait();
            } catch (InterruptedException e) {
                throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "a thread of the query engine was interrupted", e);
            }
        }
        raised = false;
    }
}
