package io.thalweg.benchmarks.system;

import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;

/** Measures from its making. */
public final class Stopwatch {
    private static final Clock CLOCK = new SystemClock();

    private final long start = CLOCK.monotonicNanos();

    static long nanoTime() {
        return CLOCK.monotonicNanos();
    }

    public double seconds() {
        return (CLOCK.monotonicNanos() - start) / 1e9;
    }
}
