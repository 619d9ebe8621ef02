package io.thalweg.model.time;

/** The only source of time in the system. Thread-safe. */
public interface Clock {
    /** Microseconds since 1970-01-01T00:00:00Z; may go back when the machine's clock is set. */
    long epochMicros();

    /** Nanoseconds since an arbitrary origin; never goes back. */
    long monotonicNanos();
}
