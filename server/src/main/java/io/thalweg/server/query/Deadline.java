package io.thalweg.server.query;

import java.util.concurrent.Future;

/** A limit of time on a piece of work; closed when the work has ended in time. */
public final class Deadline implements AutoCloseable {
    private final Future<?> timer;

    Deadline(Future<?> timer) {
        this.timer = timer;
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
