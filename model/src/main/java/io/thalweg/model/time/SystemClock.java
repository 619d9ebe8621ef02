package io.thalweg.model.time;

import io.thalweg.model.SuppressForbidden;
import java.time.Instant;

/** The machine's clock. */
@SuppressForbidden(reason = "the one place that reads the machine's clock")
public final class SystemClock implements Clock {
    @Override
    public long epochMicros() {
        Instant now = Instant.now();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
