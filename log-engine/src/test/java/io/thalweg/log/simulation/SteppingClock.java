package io.thalweg.log.simulation;

import io.thalweg.model.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves by one microsecond whenever somebody looks. */
public final class SteppingClock implements Clock {
    private final AtomicLong micros = new AtomicLong(1_700_000_000_000_000L);

    /** Lets time pass; a negative number sets the clock back. */
    public void advance(long elapsedMicros) {
        micros.addAndGet(elapsedMicros);
    }

    @Override
    public long epochMicros() {
        return micros.incrementAndGet();
    }

    @Override
    public long monotonicNanos() {
        return 1_000 * micros.incrementAndGet();
    }
}
