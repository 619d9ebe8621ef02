package io.thalweg.jdbc.client;

import io.thalweg.model.time.Clock;
import java.util.concurrent.TimeUnit;

/** The moment at which a wait gives up. Immutable. */
public final class Deadline {
    private static final long LONGEST_WAIT_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final Clock clock;
    private final long millis;
    private final long endNanos;

    private Deadline(Clock clock, long millis) {
        this.clock = clock;
        this.millis = millis;
        this.endNanos = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** So many milliseconds from now; a wait that has no limit, 0, ends in a year. */
    public static Deadline after(Clock clock, long millis) {
        return new Deadline(clock, millis <= 0 ? LONGEST_WAIT_MILLIS : Math.min(millis, LONGEST_WAIT_MILLIS));
    }

    /** A deadline that has passed. */
    public static Deadline passed(Clock clock) {
        return new Deadline(clock, 0);
    }

    /** Whichever of the two comes first. */
    public Deadline earlier(Deadline other) {
        return endNanos - other.endNanos <= 0 ? this : other;
    }

    /** How long it was from the start, in milliseconds. */
    public long millis() {
        return millis;
    }

    public boolean hasPassed() {
        return endNanos - clock.monotonicNanos() <= 0;
    }

    /** What is left, rounded up; 0 if it has passed. */
    public long remainingMillis() {
        long nanos = endNanos - clock.monotonicNanos();
        return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }
}
